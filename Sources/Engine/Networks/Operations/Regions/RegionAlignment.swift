package import Groundwork

/// RoIAlign (He et al. 2017) as torchvision has it with `aligned=False`: each region as a map of `side` ×
/// `side` bins, a bin the mean of `samples`² points of the level that the region's size asks for (Lin et al.
/// 2017, equation 1). Inputs: the levels, finest first, and a table of regions. Output: C × rows × side × side,
/// 0 where a row holds no region.
package struct RegionAlignment: Sendable, Hashable {
  package var image: Size
  package var side: Int
  package var samples = 2
  /// √area of the smallest region that each level but the first serves.
  package var leastExtents: [Float]

  /// - Parameter isRounded: a region belongs to the level that is nearest, as Matterport has it, rather than to
  ///   the next finer one.
  package init(image: Size, side: Int, levels: Int, isRounded: Bool) {
    self.image = image
    self.side = side
    // The third level, of stride 16, serves regions of 224 pixels; torchvision adds 1e-6 before it rounds down.
    let shift: Float = isRounded ? 0.707_106_78 : 0.999_999_3
    leastExtents = (1..<levels).map { level in
      let base = (0..<level).reduce(Float(56)) { extent, _ in 2 * extent }
      return base * shift
    }
  }
}

extension RegionAlignment: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs.count == leastExtents.count + 2, "\(inputs)")
    let rows = inputs[inputs.count - 1].height
    return [
      FeatureShape(inputs[0].channels, SpatialExtent(depth: rows, height: side, width: side))
    ]
  }

  /// Bilinear interpolation is four products a point.
  package func flops(for inputs: [FeatureShape]) -> Int {
    8 * samples * samples * side * side * inputs[0].channels * inputs[inputs.count - 1].height
  }
}
