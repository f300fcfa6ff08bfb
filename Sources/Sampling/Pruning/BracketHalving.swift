/// Successive halving in brackets: the trials of a bracket wait for each other at each of its rungs, and the
/// best of those that reached it go on (Jamieson & Talwalkar, AISTATS 2016). Several brackets, of which the
/// later ones compare later, are Hyperband (Li et al., JMLR 2018).
package struct BracketHalving: ComparingRule {
  package let rungs: Rungs
  package let statistic: CurveStatistic
  package let layout: BracketLayout

  package init(rungs: Rungs, statistic: CurveStatistic, layout: BracketLayout) {
    (self.rungs, self.statistic, self.layout) = (rungs, statistic, layout)
  }

  package func mayDecide(at positions: [Double]) -> Bool { rungs.isReached(by: positions) }

  /// Where a sampler decides from results, a batch has brackets of its own: it cannot wait for points that
  /// are not known.
  package func verdicts(_ points: [PointCurves], batches: [Int]?) -> [PruningVerdict] {
    var verdicts = [PruningVerdict](repeating: .goesOn, count: points.count)
    let end = points.lazy.map(\.planned).max() ?? 0
    let all = rungs.positions(below: end)
    // The sizes of Hyperband's brackets are of those that lie a whole factor before the end.
    let positions = layout == .single ? all : Array(all.prefix(rungs.levels(upTo: end)))
    for block in Self.blocks(points.count, batches) {
      var first = block.lowerBound
      for bracket in layout.brackets(
        of: block.count, levels: positions.count, factor: rungs.factor)
      {
        let members = first..<first + bracket.trials
        first = members.upperBound
        compare(members, at: positions.suffix(bracket.comparisons), points, &verdicts)
      }
    }
    return verdicts
  }

  private static func blocks(_ count: Int, _ batches: [Int]?) -> [Range<Int>] {
    guard let batches else { return [0..<count] }
    let starts = Array(Set(batches)).sorted()
    return zip(starts, starts.dropFirst() + [count]).map { $0..<$1 }
  }

  private func compare(
    _ members: Range<Int>, at positions: ArraySlice<Double>, _ points: [PointCurves],
    _ verdicts: inout [PruningVerdict]
  ) {
    var alive = Array(members)
    for (number, rung) in positions.enumerated() {
      var keys: [RungKey] = []
      var missing: Int?
      for index in alive {
        if let value = points[index].value(reaching: rung, statistic) {
          keys.append(RungKey(value, index))
        } else {
          missing = missing ?? index
        }
      }
      if let missing {
        for index in alive where points[index].hasTrial(at: rung) {
          verdicts[index] = .waits(position: rung, on: missing)
        }
        return
      }
      keys.sort()
      let kept = rungs.kept(of: keys.count)
      for key in keys.dropFirst(kept) {
        verdicts[key.index] = .pruned(
          position: rung,
          .rung(rung: number + 1, kept: kept, of: keys.count, isWithEarlierAlone: false))
      }
      alive = keys.prefix(kept).map(\.index).sorted()
    }
  }
}
