/// Successive halving with the company that suits a sweep.
package struct SuccessiveHalving: ComparingRule {
  /// Whom a trial is compared with at a rung.
  package enum Company: String, Sendable, Hashable, CaseIterable {
    /// All where every trial is known from the beginning, the earlier ones where results decide what is
    /// tried: of a batch as small as they are then, hardly one would go on.
    case auto
    /// All trials, or all of the batch.
    case all
    /// Those before it.
    case earlier
  }

  private let company: Company
  private let all: BracketHalving
  private let earlier: EarlierHalving

  package init(rungs: Rungs, statistic: CurveStatistic, company: Company) {
    self.company = company
    all = BracketHalving(rungs: rungs, statistic: statistic, layout: .single)
    earlier = EarlierHalving(rungs: rungs, statistic: statistic)
  }

  package func mayDecide(at positions: [Double]) -> Bool { all.mayDecide(at: positions) }

  package func verdicts(_ points: [PointCurves], batches: [Int]?) -> [PruningVerdict] {
    let comparesAll = company == .all || (company == .auto && batches == nil)
    return comparesAll
      ? all.verdicts(points, batches: batches) : earlier.verdicts(points, batches: batches)
  }
}
