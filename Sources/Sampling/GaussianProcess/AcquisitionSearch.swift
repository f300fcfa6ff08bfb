/// Looks for the place that promises most: from the best of many scattered places and a few drawn among
/// them, smooth dimensions are climbed and stepped ones tried in turn.
struct AcquisitionSearch {
  let improvement: ExpectedImprovement
  let inputs: ProcessInputs
  let seed: UInt64
  /// The trial that the place is for.
  let index: Int

  private static let scattered = 2048
  private static let drawn = 8
  private static let maximumSweeps = 20

  /// Allowed places from the most to the least promising.
  ///
  /// - Parameters:
  ///   - incumbent: the best point so far.
  ///   - isAllowed: whether the point may be chosen.
  func best(from incumbent: Point, isAllowed: (Point) -> Bool) -> Point? {
    let count = inputs.space.dimensions.count
    let places = (0..<Self.scattered).map { place in
      let cube =
        count <= SobolSequence.maximumDimensions
        ? SobolSequence.point(place, dimensions: count, seed: scatterSeed)
        : (0..<count).map {
          SamplingStream(seed: scatterSeed, .acquisitionStart, index: place, item: $0).uniform(0)
        }
      return settled(cube)
    }
    let values = places.map { improvement.logarithm(at: inputs.input(at: $0)) }
    let order = places.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1]
    }
    // The largest keys are a draw without replacement, each place in proportion to its improvement.
    let keys = SamplingStream(seed: seed, .acquisitionStart, index: index, item: 0)
    let gumbel = places.indices.map {
      values[$0] - ExactMath.log(-ExactMath.log(keys.openUniform($0)))
    }
    let lucky = places.indices.sorted {
      gumbel[$0] == gumbel[$1] ? $0 < $1 : gumbel[$0] > gumbel[$1]
    }.prefix(Self.drawn)
    var starts = [places[order[0]], inputs.input(incumbent)]
    starts += lucky.filter { $0 != order[0] }.map { places[$0] }

    var ends = starts.map(climb)
    ends.sort { $0.value > $1.value }
    for end in ends {
      let point = inputs.point(end.position)
      if isAllowed(point) { return point }
    }
    return order.lazy.map { inputs.point(places[$0]) }.first(where: isAllowed)
  }

  /// A sequence of its own for each trial.
  private var scatterSeed: UInt64 {
    SamplingStream(seed: seed, .acquisitionStart, index: index, item: 1).word(0)
  }

  /// The position of a place in the unit cube: on the lattice where there are steps.
  private func settled(_ cube: [Double]) -> [Double] {
    zip(inputs.space.dimensions, cube).map { dimension, unit in
      guard dimension.count != nil else { return unit }
      let value = dimension.value(at: unit)
      return dimension.isChoice ? value : dimension.unit(of: value)
    }
  }

  private func climb(_ start: [Double]) -> (position: [Double], value: Double) {
    var position = start
    var value = improvement.logarithm(at: inputs.input(at: position))
    for _ in 0..<Self.maximumSweeps {
      let before = value
      climbSmooth(&position, &value)
      let hasMoved = step(&position, &value)
      if !hasMoved || value - before < 1e-6 { break }
    }
    return (position, value)
  }

  /// Follows the gradient in the dimensions without steps, each measured in its own length.
  private func climbSmooth(_ position: inout [Double], _ value: inout Double) {
    let smooth = inputs.smooth(at: position)
    guard !smooth.isEmpty else { return }
    let scales = smooth.map { improvement.process.kernel.weights[$0].squareRoot() }
    var input = inputs.input(at: position)
    let search = ProjectedLBFGS(
      lower: scales.map { _ in 0 }, upper: scales, iterations: 200, tolerance: 1e-2)
    let found = search.minimum(from: zip(smooth, scales).map { position[$0] * $1 }) { scaled in
      for (i, dimension) in smooth.enumerated() { input[dimension] = scaled[i] / scales[i] }
      let (value, gradient) = improvement.logarithm(at: input, by: smooth)
      return (-value, zip(gradient, scales).map { -$0 / $1 })
    }
    guard -found.value > value else { return }
    value = -found.value
    for (i, dimension) in smooth.enumerated() {
      position[dimension] = min(found.point[i] / scales[i], 1)
    }
  }

  /// Tries other values of each dimension with steps; tells whether one was better.
  private func step(_ position: inout [Double], _ value: inout Double) -> Bool {
    var hasMoved = false
    for (index, dimension) in inputs.space.dimensions.enumerated() {
      guard let count = dimension.count, count > 1 else { continue }
      var best = position[index]
      for candidate in candidates(dimension, count, at: position[index]) {
        let unit = dimension.value(candidate)
        var other = position
        other[index] = dimension.isChoice ? unit : dimension.unit(of: unit)
        let promised = improvement.logarithm(at: inputs.input(at: other))
        if promised > value { (value, best, hasMoved) = (promised, other[index], true) }
      }
      position[index] = best
    }
    return hasMoved
  }

  /// All values where they are few, else those at growing distances.
  private func candidates(_ dimension: SearchDimension, _ count: Int, at position: Double) -> [Int]
  {
    if dimension.isChoice || count <= 64 { return Array(0..<count) }
    let here = dimension.index(of: dimension.value(at: min(max(position, 0), 1 - 0x1p-53)))
    let distances = (0..<62).lazy.map { 1 << $0 }.prefix { $0 < count }
    return distances.flatMap { [here - $0, here + $0] }.filter { (0..<count).contains($0) }
  }
}
