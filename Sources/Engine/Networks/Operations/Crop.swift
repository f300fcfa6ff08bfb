package import Groundwork

/// A box of a map.
package struct Crop: Sendable, Hashable {
  /// The first value along each axis.
  package var offset: SpatialExtent
  package var extent: SpatialExtent
}

extension Crop: SeparableSampling {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0].extent
    precondition(
      offset.rank == input.rank && extent.rank == input.rank
        && (0..<input.rank).allSatisfy { offset[$0] + extent[$0] <= input[$0] },
      "\(inputs[0]) has no \(extent) from \(offset) on")
    return [FeatureShape(inputs[0].channels, extent)]
  }

  package func runs(
    axis: Int, from source: SpatialExtent, to target: SpatialExtent
  ) -> [AxisRun] {
    (0..<target[axis]).map { AxisRun(first: $0 + offset[axis], weights: [1]) }
  }
}

extension OperationWriter {
  mutating func crop(
    _ name: String, _ input: Feature, offset: SpatialExtent, extent: SpatialExtent
  ) -> Feature {
    append(name, .crop(Crop(offset: offset, extent: extent)), [input])[0]
  }

  /// The middle of a map; where it cannot be halved, the smaller part of what is cut off lies above
  /// and to the left. The map itself where it has that extent.
  mutating func centreCrop(
    _ name: String, _ input: Feature, to extent: SpatialExtent
  ) -> Feature {
    let whole = shape(of: input).extent
    guard whole != extent else { return input }
    let offset = SpatialExtent(rank: whole.rank) { (whole[$0] - extent[$0]) / 2 }
    return crop(name, input, offset: offset, extent: extent)
  }
}
