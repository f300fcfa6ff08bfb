/// A Latin hypercube of all trials of the search together.
package struct LatinHypercubeMethod: PointSampler {
  package init() {}

  package func points(
    _ indices: Range<Int>, _ search: Search
  ) throws(SamplingError) -> [Point] {
    let (space, starts) = (search.space, search.starts.count)
    let count = max(0, search.total - starts)
    var strips = space.dimensions.indices.map {
      LatinHypercube.strips(count, dimension: $0, seed: search.seed)
    }
    func point(_ trial: Int, attempt: Int) -> Point {
      space.point { dimension in
        let place = LatinHypercube.place(
          trial, dimension: dimension, seed: search.seed, attempt: attempt)
        let unit = (Double(strips[dimension][trial]) + place) / Double(count)
        return space.dimensions[dimension].value(at: unit)
      }
    }
    func feasible(_ trial: Int) -> Point? {
      (0..<Self.placesTried).lazy.map { point(trial, attempt: $0) }.first(where: space.isFeasible)
    }
    guard !space.constraints.isEmpty else {
      let points = search.starts + (0..<count).map { point($0, attempt: 0) }
      return Array(points[indices.clamped(to: 0..<points.count)])
    }

    // A trial that no place in its strips helps exchanges a strip with a later trial, until both are
    // feasible.
    var found = (0..<count).map(feasible)
    for _ in 0..<Self.maximumPasses {
      let missing = found.indices.filter { found[$0] == nil }
      if missing.isEmpty { break }
      for trial in missing where found[trial] == nil {
        exchange: for distance in 1..<max(count, 1) {
          let other = (trial + distance) % count
          for dimension in space.dimensions.indices {
            strips[dimension].swapAt(trial, other)
            if let first = feasible(trial), let second = feasible(other) {
              (found[trial], found[other]) = (first, second)
              break exchange
            }
            strips[dimension].swapAt(trial, other)
          }
        }
      }
      let left = found.count { $0 == nil }
      if left == missing.count { throw .hardlyFeasible(attempts: count * Self.placesTried) }
    }
    let points = search.starts + found.compactMap { $0 }
    guard points.count == search.total else {
      throw .hardlyFeasible(attempts: count * Self.placesTried)
    }
    return Array(points[indices.clamped(to: 0..<points.count)])
  }

  private static let maximumPasses = 100
  private static let placesTried = 20
}
