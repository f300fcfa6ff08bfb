package import Groundwork

/// Maximum over windows of `size` at a stride of `size`, no padding, extents rounded down. Two
/// outputs: the maxima and, as one byte each, the position of each within its window, which counts
/// along the width first, then the height, then the depth (the first where several are equal).
package struct MaxPool: Sendable, Hashable {
  package var size: SpatialExtent

  package init(size: SpatialExtent) { self.size = size }
}

extension MaxPool: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0].extent
    precondition(input.rank == size.rank, "windows of \(size) on \(inputs[0])")
    let extent = SpatialExtent(rank: size.rank) { input[$0] / size[$0] }
    let maxima = FeatureShape(inputs[0].channels, extent)
    return [maxima, maxima]
  }
}

/// Puts each value back to where the maximum of the matching ``MaxPool`` stood, zero elsewhere
/// (Badrinarayanan, Kendall & Cipolla 2017). Inputs: the values and the positions.
package struct MaxUnpool: Sendable, Hashable {
  package var size: SpatialExtent

  package init(size: SpatialExtent) { self.size = size }
}

extension MaxUnpool: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs[0] == inputs[1], "values \(inputs[0]) and positions \(inputs[1]) differ")
    let input = inputs[0].extent
    precondition(input.rank == size.rank, "windows of \(size) on \(inputs[0])")
    let extent = SpatialExtent(rank: size.rank) { input[$0] * size[$0] }
    return [FeatureShape(inputs[0].channels, extent)]
  }
}
