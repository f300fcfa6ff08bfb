import ArgumentParser
import Tracking

/// Which of the selected runs are meant, by what they are and have measured.
struct FilterOption: ParsableArguments {
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      """
      Only runs for which this holds, as 'max(mean_iou) > 0.6 and solver.base_lr in 1e-4..1e-2 and \
      tag == baseline': values compared by == != < <= > >=, in [a, b], in a..b, ~ (regular \
      expression), like (with * and ?), is missing; joined by and, or, not and parentheses.
      """,
      valueName: "condition"))
  var condition: String?

  /// The runs that are left, in their order.
  ///
  /// - Throws: `QueryError` for a condition that means nothing, ``Failure`` where no run is left.
  func apply(to runs: [IndexedRun]) throws -> [IndexedRun] {
    guard let condition else { return runs }
    return try checked(RunFilter(condition).select(from: runs), of: runs.count)
  }

  /// The same of whole records.
  func apply(to runs: [RunRecord]) throws -> [RunRecord] {
    guard let condition else { return runs }
    return try checked(RunFilter(condition).select(from: runs), of: runs.count)
  }

  private func checked<Run>(_ left: [Run], of count: Int) throws(Failure) -> [Run] {
    guard !left.isEmpty || count == 0 else {
      throw Failure(
        .nothingMatched,
        "error: --where leaves none of \(Units.count(count, "run")): \(condition ?? "")")
    }
    return left
  }
}
