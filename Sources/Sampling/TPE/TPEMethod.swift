/// The tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011): trials are parted into the
/// best tenth and the rest, each part becomes a density, and the candidate is taken of which the first
/// density is highest against the second. Dimensions that are active together are modelled together.
package struct TPEMethod: PointSampler {
  let batch: Int
  let startup: Int
  let candidates: Int
  /// True where dimensions that are active together share a density; false models each alone.
  let isJoint: Bool
  /// How narrow the kernels may be, see ``ParzenKernels/widths(_:_:_:narrowest:)``: with a twentieth the
  /// regret on the functions of `Benchmarks/Samplers` is a third of what it is with 1.
  let narrowest: Double

  package init(
    batch: Int = 4, startup: Int = 10, candidates: Int = 24, isJoint: Bool = true,
    narrowest: Double = 0.05
  ) {
    (self.batch, self.startup) = (batch, startup)
    (self.candidates, self.isJoint, self.narrowest) = (candidates, isJoint, narrowest)
  }

  package func batch(of index: Int, starts: Int, in space: Space) -> Range<Int>? {
    let first = index / batch * batch
    return first..<first + batch
  }

  package func points(
    _ indices: Range<Int>, _ search: Search
  ) throws(SamplingError) -> [Point] {
    var chosen = Distinct(search, points: search.history.map(\.point) + search.pending)
    var points: [Point] = []
    let model = search.history.count < startup ? nil : Parts(search.history)
    for index in indices {
      if index < search.starts.count {
        points.append(search.starts[index])
      } else {
        guard !chosen.isExhausted else { break }
        points.append(try suggest(index, search, model, pending: search.pending + points, chosen))
      }
      chosen.add(points[points.count - 1])
    }
    return points
  }

  /// The best trials and the others, both in the order of trials.
  struct Parts {
    let good: [Point]
    let bad: [Point]

    init(_ history: [Observation]) {
      let ranking = history.ranking
      let count = min((history.count + 9) / 10, 25)
      good = ranking.prefix(count).sorted().map { history[$0].point }
      bad = ranking.dropFirst(count).sorted().map { history[$0].point }
    }
  }

  /// As many rounds of candidates are drawn where none of the first can be taken.
  private static let rounds = 10

  private func suggest(
    _ index: Int, _ search: Search, _ parts: Parts?, pending: [Point], _ chosen: Distinct
  ) throws(SamplingError) -> Point {
    guard let parts else { return try RandomMethod.draw(index, search, avoiding: chosen) }
    for round in 0..<Self.rounds {
      let point = suggest(index, search.space, search.seed, parts, pending, round: round) {
        search.space.isFeasible($0) && !chosen.repeats($0)
      }
      if let point { return point }
    }
    return try RandomMethod.draw(index, search, avoiding: chosen)
  }

  /// The point of the best candidates, block by block; `nil` where no candidate of the last block makes
  /// an allowed one.
  private func suggest(
    _ index: Int, _ space: Space, _ seed: UInt64, _ parts: Parts, _ pending: [Point], round: Int,
    isAllowed: (Point) -> Bool
  ) -> Point? {
    var point = Point([Double?](repeating: nil, count: space.dimensions.count))
    let regimes = space.regimes
    let blocks = isJoint ? regimes : space.order.map { [$0] }
    for (ordinal, block) in blocks.enumerated() {
      let active = block.filter { space.isActive($0, in: point.values) }
      guard !active.isEmpty else { continue }
      let densities = Densities(active, space, parts, pending, narrowest: narrowest)
      var best: (point: Point, score: Double)?
      for candidate in 0..<candidates {
        let item = ordinal * 1000 + round * candidates + candidate
        let values = densities.good.draw(
          choosing: SamplingStream(seed: seed, .kernelChoice, index: index, item: item),
          drawing: SamplingStream(seed: seed, .kernelDraw, index: index, item: item))
        var next = point
        for (dimension, value) in zip(active, values) { next.values[dimension] = value }
        // What an unfinished point lacks can still be chosen so that it is allowed.
        let isWhole = space.dimensions.indices.allSatisfy {
          next.values[$0] != nil || !space.isActive($0, in: next.values)
        }
        guard space.isFeasible(next), !isWhole || isAllowed(next) else { continue }
        let score = densities.score(values)
        if best.map({ score > $0.score }) ?? true { best = (next, score) }
      }
      guard let best else { return nil }
      point = best.point
    }
    return point
  }

  /// The densities of one block of dimensions.
  struct Densities {
    let good: ParzenMixture
    let bad: ParzenMixture

    /// - Parameter pending: trials without results, which count as bad, so that those of a batch keep
    ///   away from each other.
    init(
      _ active: [Int], _ space: Space, _ parts: Parts, _ pending: [Point], narrowest: Double
    ) {
      let dimensions = active.map { space.dimensions[$0] }
      func observations(_ points: [Point]) -> [[Double]] {
        points.compactMap { point in
          let values = active.compactMap { point.values[$0] }
          return values.count == active.count ? values : nil
        }
      }
      good = ParzenMixture(dimensions, observations(parts.good), narrowest: narrowest)
      bad = ParzenMixture(
        dimensions, observations(parts.bad + pending), narrowest: narrowest)
    }

    func score(_ values: [Double]) -> Double {
      good.logDensity(at: values) - bad.logDensity(at: values)
    }
  }
}
