package import Groundwork

/// Maximum over windows; padding never wins. Two outputs: the maxima and, as one byte each, the position
/// of each within its window, which counts along the width first, then the height, then the depth
/// (the first where several are equal).
package struct MaxPool: Sendable, Hashable {
  package var window: PoolingWindow

  package init(_ window: PoolingWindow) { self.window = window }

  /// Windows side by side.
  package init(size: SpatialExtent) { self.init(PoolingWindow(size: size)) }
}

extension MaxPool: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let maxima = FeatureShape(inputs[0].channels, window.count(on: inputs[0].extent))
    return [maxima, maxima]
  }

  package var keepsLayout: Bool { true }
}

/// Puts each value back to where the maximum of the matching ``MaxPool`` stood, zero elsewhere
/// (Badrinarayanan, Kendall & Cipolla 2017). Inputs: the values and the positions.
package struct MaxUnpool: Sendable, Hashable {
  package var size: SpatialExtent
  /// The extent of the map that was pooled.
  package var extent: SpatialExtent

  /// - Parameter size: the size of the pooling's windows, which lie side by side.
  package init(size: SpatialExtent, extent: SpatialExtent) {
    self.size = size
    self.extent = extent
  }
}

extension MaxUnpool: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs[0] == inputs[1], "values \(inputs[0]) and positions \(inputs[1]) differ")
    let input = inputs[0].extent
    precondition(
      input.rank == size.rank && extent.rank == size.rank
        && (0..<size.rank).allSatisfy { axis in
          // As many windows as the pooling had, rounded down or up.
          (extent[axis] + size[axis] - 1) / size[axis] >= input[axis]
            && input[axis] >= extent[axis] / size[axis]
        },
      "windows of \(size) on \(extent) are not \(inputs[0])")
    return [FeatureShape(inputs[0].channels, extent)]
  }

  package var keepsLayout: Bool { true }
}

extension OperationWriter {
  /// The maxima of windows and their positions.
  ///
  /// - Parameter window: 2 along every axis, side by side, if `nil`.
  mutating func maxPool(
    _ name: String, _ input: Feature, _ window: PoolingWindow? = nil
  ) -> (maxima: Feature, positions: Feature) {
    let halving = SpatialExtent(repeating: 2, rank: shape(of: input).extent.rank)
    let outputs = append(
      name, .maxPool(MaxPool(window ?? PoolingWindow(size: halving))), [input])
    holdsPositions(outputs[1])
    return (outputs[0], outputs[1])
  }

  /// - Parameters:
  ///   - extent: the extent of the map that was pooled; twice the input's if `nil`.
  ///   - size: the size of the pooling's windows; 2 along every axis if `nil`.
  mutating func maxUnpool(
    _ name: String, _ input: Feature, positions: Feature, extent: SpatialExtent? = nil,
    size: SpatialExtent? = nil
  ) -> Feature {
    let pooled = shape(of: input).extent
    let size = size ?? pooled.map { _ in 2 }
    let whole = extent ?? SpatialExtent(rank: pooled.rank) { pooled[$0] * size[$0] }
    return append(name, .maxUnpool(MaxUnpool(size: size, extent: whole)), [input, positions])[0]
  }
}
