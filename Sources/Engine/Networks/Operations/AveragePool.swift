package import Groundwork

/// The mean of each window.
package struct AveragePool: Sendable, Hashable {
  package var window: PoolingWindow
  /// True where the padding counts as zeros, as in PyTorch and Caffe; else the mean is that of the
  /// values within the map. What lies beyond the padding never counts.
  package var countsPadding: Bool

  package init(_ window: PoolingWindow, countsPadding: Bool = true) {
    self.window = window
    self.countsPadding = countsPadding
  }
}

extension AveragePool: SeparableSampling {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    [FeatureShape(inputs[0].channels, window.count(on: inputs[0].extent))]
  }

  package func runs(
    axis: Int, from source: SpatialExtent, to target: SpatialExtent
  ) -> [AxisRun] {
    let (size, stride, padding) = (window.size[axis], window.stride[axis], window.padding[axis])
    return (0..<target[axis]).map { index in
      let start = index * stride - padding
      let within = max(start, 0)..<min(start + size, source[axis])
      let padded = min(start + size, source[axis] + padding) - start
      let weight = 1 / Float(countsPadding ? padded : within.count)
      return AxisRun(
        first: within.lowerBound, weights: Array(repeating: weight, count: within.count))
    }
  }
}

/// The mean of each of a fixed number of bins, whatever the input's extent: bin i of B over H values
/// covers ⌊i·H/B⌋ up to ⌈(i+1)·H/B⌉, as in PyTorch. One bin is global average pooling.
package struct AdaptiveAveragePool: Sendable, Hashable {
  package var bins: SpatialExtent
}

extension AdaptiveAveragePool: SeparableSampling {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(bins.rank == inputs[0].extent.rank, "\(bins) bins on \(inputs[0])")
    return [FeatureShape(inputs[0].channels, bins)]
  }

  package func runs(
    axis: Int, from source: SpatialExtent, to target: SpatialExtent
  ) -> [AxisRun] {
    let (values, bins) = (source[axis], target[axis])
    return (0..<bins).map { bin in
      let first = bin * values / bins, end = ((bin + 1) * values + bins - 1) / bins
      return AxisRun(
        first: first, weights: Array(repeating: 1 / Float(end - first), count: end - first))
    }
  }
}

extension OperationWriter {
  mutating func averagePool(
    _ name: String, _ input: Feature, _ window: PoolingWindow, countsPadding: Bool = true
  ) -> Feature {
    append(name, .averagePool(AveragePool(window, countsPadding: countsPadding)), [input])[0]
  }

  /// - Parameter bins: how many there are along every axis; 1 is global average pooling.
  mutating func adaptiveAveragePool(_ name: String, _ input: Feature, bins: Int) -> Feature {
    let bins = SpatialExtent(repeating: bins, rank: shape(of: input).extent.rank)
    return append(name, .adaptiveAveragePool(AdaptiveAveragePool(bins: bins)), [input])[0]
  }
}
