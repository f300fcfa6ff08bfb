package import Groundwork

/// The levels of a pyramid on one map, the finest at the top and the others in a row beneath it, with zeros
/// between: so one convolution with a border of a pixel is the same on all levels, with one set of weights.
/// Inputs: the levels, finest first.
package struct LevelMosaic: Sendable, Hashable {
  package var levels: [Size]

  /// Where the levels lie: their upper left corners.
  package var corners: [(top: Int, left: Int)] {
    var left = 0
    return levels.enumerated().map { index, level in
      guard index > 0 else { return (0, 0) }
      defer { left += level.width + 1 }
      return (levels[0].height + 1, left)
    }
  }

  package var extent: Size {
    let others = levels.dropFirst()
    return Size(
      height: levels[0].height + (others.map { $0.height + 1 }.max() ?? 0),
      width: max(levels[0].width, others.reduce(-1) { $0 + $1.width + 1 }))
  }
}

extension LevelMosaic: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs.map(\.extent.size) == levels, "\(inputs) are not \(levels)")
    return [FeatureShape(inputs[0].channels, SpatialExtent(extent))]
  }
}

/// What a mosaic says of each anchor, as a table with a row for each: `values` × rows × 1. Channel
/// a · `values` + v of a place is value v of its anchor a.
package struct LevelRows: Sendable, Hashable {
  package var mosaic: LevelMosaic
  /// Values of each anchor.
  package var values: Int
}

extension LevelRows: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs[0].extent.size == mosaic.extent && inputs[0].channels.isMultiple(of: values))
    let places = mosaic.levels.reduce(0) { $0 + $1.area }
    return [FeatureShape(values, places * (inputs[0].channels / values), 1)]
  }

  package var isPlain: Bool { true }
}
