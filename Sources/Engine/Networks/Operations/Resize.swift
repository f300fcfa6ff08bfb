package import Groundwork

/// A feature map sampled anew on a grid of another extent, channel by channel, as PyTorch's
/// `interpolate` does with `align_corners=False` and no antialiasing.
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

  package init(target: Target, interpolation: Interpolation = .linear) {
    self.target = target
    self.interpolation = interpolation
  }

  /// How far apart along an axis the samples stand that two neighbours of the target take: what was
  /// asked for, or the ratio of the extents, in single precision as in PyTorch.
  package func step(axis: Int, from source: SpatialExtent, to target: SpatialExtent) -> Float {
    switch self.target {
    case .extent: Float(source[axis]) / Float(target[axis])
    case .scale(let factors): Float(1 / factors[axis])
    }
  }
}

extension Resize: OperationDefinition {
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

  /// Between two neighbours along every axis.
  package func flops(for inputs: [FeatureShape]) -> Int {
    guard interpolation == .linear else { return 0 }
    let output = outputs(for: inputs)[0]
    return 2 * output.channels * output.area * (1 << output.extent.rank)
  }
}
