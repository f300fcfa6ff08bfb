/// What is to be done next, as a command.
struct NextStep {
  let reason: String
  let command: String

  init(_ source: ReportSource) {
    let (runs, comparison) = (source.runs, source.comparison)
    let spec = runs.first?.trial.specName ?? "spec.yaml"
    let run = "experiments run \(spec)"
    let results = source.commands.results
    let experiment = runs.first?.experiment ?? ""
    let isOne = Set(runs.map(\.experiment)).count == 1
    let seeds = comparison.rows.map { $0.runs.count }.max() ?? 1
    func more(_ count: Int, _ reason: String) -> (String, String) {
      (reason, "\(run) --set sweep.seeds=\(count)\(results)")
    }
    if runs.contains(where: { $0.status == .interrupted || $0.status == .waiting }), isOne {
      (reason, command) = (
        "Some runs are not finished; the same command goes on with them:", run + results
      )
      return
    }
    guard isOne, comparison.replicates == "seeds" else {
      reason = "Look at the differences one by one:"
      command = "experiments compare \(source.stamp.query.joined(separator: " "))\(results)"
      return
    }
    switch comparison.answer?.verdict {
    case .settled:
      reason = "Measure the chosen point on data that chose nothing:"
      command = "experiments evaluate @best:\(experiment)\(results)"
    case .likely:
      (reason, command) = more(max(6, seeds + 1), "From six seeds on it can be settled:")
    case .notToldApart:
      let needed = comparison.answer?.seedsNeeded?.seeds ?? 2 * seeds
      // Nobody trains hundreds of seeds to see a difference that small.
      let count = max(seeds + 1, min(needed, 30))
      (reason, command) = more(
        count,
        needed > 30
          ? "The difference may be too small to matter; thirty seeds would show what there is:"
          : "With so many it would be seen in four of five cases:")
    case .noStatement, nil:
      (reason, command) = more(max(3, seeds + 1), "From three seeds on there is something to say:")
    }
  }

  var element: HTML {
    "<p>\(reason)</p>\n<div class=\"command\"><b>$</b>\(command)</div>\n"
  }
}
