package import Groundwork

/// A feature map sampled anew on a grid of another extent, channel by channel, as PyTorch's
/// `interpolate` does without antialiasing.
package struct Resize: Sendable, Hashable {
  package enum Target: Sendable, Hashable {
    case extent(SpatialExtent)
    /// A factor above 0 for each axis, the outermost first; extents are rounded down.
    case scale([Double])
  }

  package enum Interpolation: Sendable, Hashable, CaseIterable {
    /// The value at floor(i · step), PyTorch's `nearest`.
    case nearest
    /// Between the neighbours along each axis, pixels having their centres at halves: PyTorch's
    /// `linear`, `bilinear` or `trilinear`, by the rank.
    case linear
  }

  package var target: Target
  package var interpolation: Interpolation
  /// True where the first and last values of both grids lie on each other (PyTorch's
  /// `align_corners`, what Caffe's Interp does); else the borders of their outer pixels do. It makes
  /// no difference to `nearest`.
  package var alignsCorners: Bool

  package init(
    target: Target, interpolation: Interpolation = .linear, alignsCorners: Bool = false
  ) {
    self.target = target
    self.interpolation = interpolation
    self.alignsCorners = alignsCorners
  }
}

extension Resize: SeparableSampling {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0].extent
    switch target {
    case .extent(let extent):
      precondition(extent.rank == input.rank, "\(inputs[0]) cannot be resized to \(extent)")
      return [FeatureShape(inputs[0].channels, extent)]
    case .scale(let factors):
      precondition(
        factors.count == input.rank && factors.allSatisfy { $0 > 0 },
        "\(inputs[0]) cannot be scaled by \(factors)")
      let extent = SpatialExtent(rank: input.rank) { axis in
        Int((Double(input[axis]) * factors[axis]).rounded(.down))
      }
      return [FeatureShape(inputs[0].channels, extent)]
    }
  }

  /// Between two neighbours along every axis, at the borders too.
  package func flops(for inputs: [FeatureShape]) -> Int {
    guard interpolation == .linear else { return 0 }
    let output = outputs(for: inputs)[0]
    return 2 * output.channels * output.area * (1 << output.extent.rank)
  }

  package func runs(
    axis: Int, from source: SpatialExtent, to target: SpatialExtent
  ) -> [AxisRun] {
    let (last, step) = (source[axis] - 1, step(axis: axis, from: source, to: target))
    return (0..<target[axis]).map { index in
      switch interpolation {
      case .nearest:
        let place = Int((Float(index) * step).rounded(.down))
        return AxisRun(first: min(place, last), weights: [1])
      case .linear:
        // In single precision, as PyTorch has it.
        let place = alignsCorners ? step * Float(index) : max(0, step * (Float(index) + 0.5) - 0.5)
        let first = min(Int(place), last)
        let second = min(max(place - Float(first), 0), 1)
        let isAlone = first == last || second == 0
        return AxisRun(first: first, weights: isAlone ? [1] : [1 - second, second])
      }
    }
  }

  /// How far apart along an axis the samples stand that two neighbours of the target take: what was
  /// asked for, or the ratio of the extents, in single precision as in PyTorch.
  private func step(axis: Int, from source: SpatialExtent, to target: SpatialExtent) -> Float {
    if alignsCorners, interpolation == .linear {
      return target[axis] > 1 ? Float(source[axis] - 1) / Float(target[axis] - 1) : 0
    }
    return switch self.target {
    case .extent: Float(source[axis]) / Float(target[axis])
    case .scale(let factors): Float(1 / factors[axis])
    }
  }
}

extension OperationWriter {
  mutating func resize(
    _ name: String, _ input: Feature, to target: Resize.Target,
    interpolation: Resize.Interpolation = .linear, alignsCorners: Bool = false
  ) -> Feature {
    let resize = Resize(
      target: target, interpolation: interpolation, alignsCorners: alignsCorners)
    return append(name, .resize(resize), [input])[0]
  }

  /// Bilinear, to the extent of another feature; the feature itself where it has that extent.
  mutating func resize(
    _ name: String, _ input: Feature, like other: Feature, alignsCorners: Bool = false
  ) -> Feature {
    let extent = shape(of: other).extent
    guard shape(of: input).extent != extent else { return input }
    return resize(name, input, to: .extent(extent), alignsCorners: alignsCorners)
  }
}
