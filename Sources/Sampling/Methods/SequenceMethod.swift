/// The feasible points of a sequence that fills the unit cube evenly, in its order.
package struct SequenceMethod: PointSampler {
  package enum Sequence: String, Sendable {
    case sobol
    case halton

    var maximumDimensions: Int {
      switch self {
      case .sobol: SobolSequence.maximumDimensions
      case .halton: HaltonSequence.maximumDimensions
      }
    }

    func point(_ index: Int, dimensions: Int, seed: UInt64) -> [Double] {
      switch self {
      case .sobol: SobolSequence.point(index, dimensions: dimensions, seed: seed)
      case .halton: HaltonSequence.point(index, dimensions: dimensions, seed: seed)
      }
    }
  }

  let sequence: Sequence

  package init(_ sequence: Sequence) { self.sequence = sequence }

  package func objection(to space: Space) -> String? {
    space.dimensions.count <= sequence.maximumDimensions
      ? nil
      : "\(sequence) fills at most \(sequence.maximumDimensions) dimensions, "
        + "and there are \(space.dimensions.count)"
  }

  private static let maximumScan = 1 << 20

  package func points(
    _ indices: Range<Int>, _ search: Search
  ) throws(SamplingError) -> [Point] {
    var chosen = Distinct(search)
    var element = 0
    while chosen.points.count < indices.upperBound, !chosen.isExhausted {
      guard element < Self.maximumScan else { throw .hardlyFeasible(attempts: element) }
      let cube = sequence.point(
        element, dimensions: search.space.dimensions.count, seed: search.seed)
      let point = search.space.point(at: cube)
      if search.space.isFeasible(point), !chosen.repeats(point) { chosen.add(point) }
      element += 1
    }
    return chosen.points(indices)
  }
}
