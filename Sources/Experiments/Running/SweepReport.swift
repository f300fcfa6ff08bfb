import Tracking

/// What is said when a sweep has ended: the comparison of its runs, what went wrong, pictures of
/// the best run, and what to type next.
struct SweepReport {
  let status: ExitStatus
  /// For standard output; `nil` where there is nothing to compare.
  let comparison: String?
  /// For standard error.
  let notes: String

  /// - Parameters:
  ///   - again: the command that continues the sweep.
  ///   - results: the `--results` option as it was typed.
  init(_ sweep: PreparedSweep, _ summary: Runner.Summary, again: String, results: String) throws {
    status = Self.status(of: summary)
    let experiment = sweep.plan.experiment
    let ids = Set(sweep.plan.trials.map(\.id))
    let runs = try sweep.store.catalogue(of: experiment).runs.filter { ids.contains($0.id) }
    let hasFigures = runs.contains { $0.history != nil }
    comparison = hasFigures ? ComparisonTable(comparing: runs).formatted(as: .forTerminal) : nil
    var notes: [String] = []
    let best = ComparisonTable.best(of: runs)
    if status == .done, let best {
      let files = try Previews(store: sweep.store, run: best).write(
        to: "\(sweep.store.root)/\(experiment)/previews", threads: sweep.sweep.machine.share)
      notes.append("predictions of the best run, \(best.name):")
      notes += files.map { "  " + $0 }
    }
    notes += Self.next(
      summary, experiment: experiment, best: best?.name, again: again, results: results)
    self.notes = notes.joined(separator: "\n")
  }

  /// A failed trial counts more than an interruption: it will not be mended by going on.
  static func status(of summary: Runner.Summary) -> ExitStatus {
    if summary.stopRequests > 1 { return .killed }
    if summary.stopRequests == 1 { return .interrupted }
    let isWhole = summary.outcomes.values.allSatisfy { $0 == .finished }
    return isWhole ? .done : .failed
  }

  private static func next(
    _ summary: Runner.Summary, experiment: String, best: String?, again: String,
    results: String
  ) -> [String] {
    switch status(of: summary) {
    case .interrupted, .killed: return ["stopped; continue with:", "  \(again)"]
    case .failed:
      let failed = summary.outcomes.values.filter { $0 != .finished }.count
      return ["\(Units.count(failed, "trial")) failed; try again with:", "  \(again) --retry"]
    default:
      return [
        "next:",
        "  experiments show \(best ?? "@last")\(results)",
        "  experiments compare \(experiment) --format md\(results)",
        "  experiments reproduce \(best ?? "@last")\(results)",
      ]
    }
  }
}
