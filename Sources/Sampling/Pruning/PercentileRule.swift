/// Ends trials whose best value so far is worse than a percentile of what complete trials of earlier batches
/// had reached at the same evaluation (the median: Golovin et al., KDD 2017, "Google Vizier").
///
/// Where a sampler does not decide from results, so many trials as are needed to begin with make a batch.
package struct PercentileRule: ComparingRule {
  /// Above 0 and below 100: so many of a hundred are kept.
  package let percent: Double
  /// The complete trials without which nothing is decided.
  package let startup: Int
  /// The evaluations of a trial after which nothing is decided yet.
  package let warmup: Int
  /// Every how many evaluations something is decided.
  package let interval: Int

  package init(percent: Double, startup: Int, warmup: Int, interval: Int) {
    (self.percent, self.startup) = (percent, startup)
    (self.warmup, self.interval) = (warmup, interval)
  }

  package func mayDecide(at positions: [Double]) -> Bool { isDecided(after: positions.count) }

  private func isDecided(after evaluations: Int) -> Bool {
    evaluations > warmup && (evaluations - warmup - 1).isMultiple(of: interval)
  }

  package func verdicts(_ points: [PointCurves], batches: [Int]?) -> [PruningVerdict] {
    var verdicts: [PruningVerdict] = []
    var batch = Batch(first: 0)
    for (index, point) in points.enumerated() {
      let first = batches?[index] ?? index / startup * startup
      if first > batch.first { batch = Batch(first: first, points, verdicts) }
      verdicts.append(verdict(point, index, &batch))
    }
    return verdicts
  }

  /// What the points of a batch are compared with.
  private struct Batch {
    let first: Int
    var complete: [PointCurves] = []
    /// The first of the earlier points that has not ended.
    var missing: Int?
    /// The bounds by position.
    var bounds: [Double: Double] = [:]

    init(first: Int) { self.first = first }

    init(first: Int, _ points: [PointCurves], _ verdicts: [PruningVerdict]) {
      self.first = first
      for index in 0..<first {
        switch (verdicts[index], points[index].end) {
        case (.pruned, _), (_, .stopped): continue
        case (.goesOn, .complete): complete.append(points[index])
        case (.waits, _), (.goesOn, nil): missing = missing ?? index
        }
      }
    }
  }

  private func verdict(_ point: PointCurves, _ index: Int, _ batch: inout Batch) -> PruningVerdict {
    let positions = point.trials.max { $0.values.count < $1.values.count }?.values.map(\.position)
    for (number, position) in (positions ?? []).enumerated()
    where isDecided(after: number + 1) && position < point.planned {
      if let missing = batch.missing { return .waits(position: position, on: missing) }
      guard batch.complete.count >= startup else { return .goesOn }
      guard let best = point.value(reaching: position, .best) else {
        return .waits(position: position, on: index)
      }
      let bound = batch.bounds[position] ?? bound(batch.complete, at: position)
      batch.bounds[position] = bound
      if !bound.isNaN, !(best <= bound) {
        return .pruned(
          position: position,
          .percentile(percent: percent, best: best, bound: bound, of: batch.complete.count))
      }
    }
    return .goesOn
  }

  /// The percentile of the values at a position, between two of them in proportion; NaN where there are
  /// none.
  private func bound(_ complete: [PointCurves], at position: Double) -> Double {
    let values = complete.compactMap { point in
      point.trials.allSatisfy { ($0.values.last?.position ?? 0) >= position }
        ? point.value(reaching: position, .last) : nil
    }
    return Self.percentile(percent, of: values.filter { !$0.isNaN }.sorted())
  }

  static func percentile(_ percent: Double, of sorted: [Double]) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = Double(sorted.count - 1) * percent / 100
    let lower = Int(place)
    guard lower + 1 < sorted.count else { return last }
    return sorted[lower] + (sorted[lower + 1] - sorted[lower]) * (place - Double(lower))
  }
}
