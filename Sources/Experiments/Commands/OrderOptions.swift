import ArgumentParser
import Tracking

/// In which order runs are listed, and how many of them.
struct OrderOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      List by this value, the lowest first, those without it last: max(mean_iou), seconds, started, \
      base_lr. With a '-' before it the highest first.
      """,
      valueName: "value"))
  var sort: String?

  @Flag(help: "The highest first.")
  var descending = false

  @Option(
    help: ArgumentHelp(
      "Only so many: the first by --sort, or without it the best by the objective.",
      valueName: "count"))
  var top: Int?

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if descending, sort == nil { throw ValidationError("--descending: say by what, with --sort") }
  }

  /// The runs in their order, as many as are wanted.
  func apply(to runs: [IndexedRun]) throws -> [IndexedRun] {
    guard sort != nil || top != nil, !runs.isEmpty else { return runs }
    let order: RunOrder
    if let sort {
      order = try RunOrder(sort, isDescending: descending)
      try RunNames(runs).check(order.value)
    } else if let best = RunOrder.best(of: runs) {
      order = best
    } else {
      throw Failure(
        .usage,
        "error: --top: the runs are judged by different objectives: say by what, with --sort")
    }
    return Array(order.sorted(runs).prefix(top ?? .max))
  }
}
