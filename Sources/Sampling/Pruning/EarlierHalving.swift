/// Successive halving without waiting for later trials: at each rung a trial goes on where it is among the
/// best of those that reached it with an index up to its own.
///
/// Asynchronous halving (Li et al., MLSys 2020, "A System for Massively Parallel Hyperparameter Tuning")
/// compares with whoever came first, so that its decisions depend on time. By index they are the same
/// every time, at the same cost in idle workers, and more trials change none of them.
package struct EarlierHalving: ComparingRule {
  package let rungs: Rungs
  package let statistic: CurveStatistic

  package init(rungs: Rungs, statistic: CurveStatistic) {
    (self.rungs, self.statistic) = (rungs, statistic)
  }

  package func mayDecide(at positions: [Double]) -> Bool { rungs.isReached(by: positions) }

  package func verdicts(_ points: [PointCurves], batches: [Int]?) -> [PruningVerdict] {
    var verdicts = [PruningVerdict](repeating: .goesOn, count: points.count)
    let end = points.lazy.map(\.planned).max() ?? 0
    for (number, rung) in rungs.positions(below: end).enumerated() {
      compare(at: rung, number + 1, points, &verdicts)
    }
    return verdicts
  }

  private func compare(
    at rung: Double, _ number: Int, _ points: [PointCurves], _ verdicts: inout [PruningVerdict]
  ) {
    var reached: [RungKey] = []
    /// The first of which it is not known whether and how it reaches the rung.
    var missing: Int?
    for (index, point) in points.enumerated() {
      switch verdicts[index] {
      case .pruned: continue
      case .waits: missing = missing ?? index
      case .goesOn:
        guard let value = point.value(reaching: rung, statistic) else {
          if point.hasTrial(at: rung) {
            verdicts[index] = .waits(position: rung, on: missing ?? index)
          }
          missing = missing ?? index
          continue
        }
        if let missing {
          verdicts[index] = .waits(position: rung, on: missing)
          continue
        }
        let key = RungKey(value, index)
        let rank = reached.partitioningIndex { key < $0 }
        reached.insert(key, at: rank)
        let kept = rungs.kept(of: reached.count)
        if rank >= kept {
          verdicts[index] = .pruned(
            position: rung,
            .rung(rung: number, kept: kept, of: reached.count, isWithEarlierAlone: true))
        }
      }
    }
  }
}

extension PointCurves {
  /// True where one of its trials has come to the position, so that it may have to wait for another.
  func hasTrial(at position: Double) -> Bool {
    trials.contains { ($0.values.last?.position ?? 0) >= position }
  }
}

extension Array {
  /// The first index whose element meets a condition that holds for all elements behind it, too.
  func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
