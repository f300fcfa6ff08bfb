/// Covariance matrix adaptation (Hansen & Ostermeier 2001): a normal distribution is moved and shaped by
/// the better half of each generation. A batch is a generation. Choices are no numbers: they are drawn
/// at random.
package struct CMAESMethod: PointSampler {
  /// At least that many trials in a generation.
  let batch: Int

  package init(batch: Int = 1) { self.batch = batch }

  package func batch(of index: Int, starts: Int, in space: Space) -> Range<Int>? {
    guard index >= starts else { return 0..<starts }
    let size = population(in: space)
    let first = starts + (index - starts) / size * size
    return first..<first + size
  }

  private func population(in space: Space) -> Int {
    max(batch, EvolutionConstants.population(of: numeric(space).count))
  }

  /// The dimensions that the distribution covers.
  private func numeric(_ space: Space) -> [Int] {
    space.dimensions.indices.filter {
      !space.dimensions[$0].isChoice && space.dimensions[$0].count != 1
    }
  }

  package func objection(to space: Space) -> String? {
    numeric(space).isEmpty ? "cma_es needs a hyperparameter that is a number" : nil
  }

  package func points(
    _ indices: Range<Int>, _ search: Search
  ) throws(SamplingError) -> [Point] {
    let starts = search.starts.count
    var points = indices.filter { $0 < starts }.map { search.starts[$0] }
    let rest = max(indices.lowerBound, starts)..<max(indices.upperBound, starts)
    guard !rest.isEmpty else { return points }
    let run = Generations(search, numeric: numeric(search.space), population(in: search.space))
    let evolution = try run.replay()
    for index in rest { points.append(try run.draw(index, evolution).point) }
    return points
  }
}

/// The generations of a search, replayed from what was recorded: there is no other state.
private struct Generations {
  let search: Search
  let numeric: [Int]
  let population: Int
  let lattices: [[Double]?]
  private let starts: Int

  init(_ search: Search, numeric: [Int], _ population: Int) {
    (self.search, self.numeric, self.population) = (search, numeric, population)
    starts = search.starts.count
    lattices = numeric.map { index in
      let dimension = search.space.dimensions[index]
      guard dimension.step > 0, let count = dimension.count, count <= 16 else { return nil }
      return (0..<count).map { dimension.unit(of: dimension.value($0)) }
    }
  }

  /// Generations start about the best of the given points, else in the middle.
  func replay() throws(SamplingError) -> Evolution {
    var mean = [Double](repeating: 0.5, count: numeric.count)
    let given = Array(search.history.prefix(starts))
    if let best = given.ranking.first {
      for (position, index) in numeric.enumerated() {
        if let value = given[best].point.values[index] {
          mean[position] = search.space.dimensions[index].unit(of: value)
        }
      }
    }
    var evolution = Evolution(mean: mean, population: population)
    let done = (search.history.count - starts) / population
    for generation in 0..<max(0, done) {
      let first = starts + generation * population
      var drawn: [[Double]] = []
      for index in first..<first + population { drawn.append(try draw(index, evolution).cube) }
      let ranking = Array(search.history[first..<first + population]).ranking
      evolution.update(ranking.map { drawn[$0] })
      evolution.keepMargin(lattices)
      guard evolution.sigma.isFinite, evolution.mean.allSatisfy(\.isFinite) else {
        throw .notFinite("the distribution of generation \(generation + 1)")
      }
    }
    return evolution
  }

  /// What trial `index` tries, and the position that was drawn for it. Positions outside the cube are
  /// drawn again a number of times, then moved to its side; where that is no allowed point, any other
  /// is tried in its place.
  func draw(
    _ index: Int, _ evolution: Evolution
  ) throws(SamplingError) -> (point: Point, cube: [Double]) {
    let space = search.space
    let fixed = space.dimensions.indices.map {
      SamplingStream(seed: search.seed, .random, index: index, item: $0)
    }
    func point(_ cube: [Double], _ attempt: Int) -> Point {
      var units = fixed.map { $0.uniform(attempt) }
      for (position, unit) in zip(numeric, evolution.tried(cube)) {
        units[position] = min(max(unit, 0), 1)
      }
      return space.point(at: units)
    }
    var last: [Double] = []
    let attempts = 10 * max(numeric.count, 10)
    for attempt in 0..<attempts {
      let stream = SamplingStream(
        seed: search.seed, .populationDraw, index: index - starts, item: attempt)
      last = evolution.point(numeric.indices.map(stream.normal))
      guard last.allSatisfy({ (0...1).contains($0) }) else { continue }
      let candidate = point(last, attempt)
      if space.isFeasible(candidate) { return (candidate, last) }
    }
    let clipped = last.map { min(max($0, 0), 1) }
    let candidate = point(clipped, attempts)
    if space.isFeasible(candidate) { return (candidate, clipped) }
    return (try RandomMethod.draw(index, search, avoiding: Distinct(search, points: [])), clipped)
  }
}
