internal import Datasets
import Foundation
internal import Groundwork
import Tracking

/// What is said when a sweep has ended: the comparison of its runs, what went wrong, overlays of
/// the best run, and what to type next.
struct SweepReport {
  let status: ExitStatus
  /// The comparison, for standard output; `nil` where there is nothing to compare.
  let comparison: String?
  /// The notes, for standard error.
  let notes: String

  /// - Parameters:
  ///   - again: the command that continues the sweep.
  ///   - results: the `--results` option as it was typed.
  init(_ sweep: PreparedSweep, _ summary: Runner.Summary, again: String, results: String) throws {
    let experiment = sweep.plan.experiment
    let ids = Set(sweep.plan.trials.map(\.id))
    let runs = try sweep.store.catalogue(of: experiment).runs.filter { ids.contains($0.id) }
    var summary = summary
    summary.outcomes = Self.outcomes(summary.outcomes, runs)
    status = Self.status(of: summary)
    let hasValues = runs.contains { $0.history != nil }
    comparison = hasValues ? Comparison(comparing: runs).formatted(as: .forTerminal) : nil
    var notes: [String] = []
    let best = Comparison.best(of: runs)
    if status == .done, let best { notes += Self.previews(of: best, sweep) }
    notes += Self.next(
      summary, sweep.plan, best: best?.name, again: again, results: results)
    self.notes = notes.joined(separator: "\n")
  }

  /// What a worker said last, beside what is recorded: others may have worked on the same trials, and
  /// a record may be gone.
  static func outcomes(
    _ outcomes: [String: TrialOutcome], _ runs: [RunRecord]
  ) -> [String: TrialOutcome] {
    let recorded = Dictionary(runs.map { ($0.id, $0.status) }) { first, _ in first }
    var outcomes = outcomes
    for (id, outcome) in outcomes {
      switch (outcome, recorded[id]) {
      // By another process, or by a worker that the system stopped at its very end.
      case (_, .finished): outcomes[id] = .finished
      case (.busy, .failed(let cause)): outcomes[id] = .failed(cause: cause)
      case (.busy, .pruned): outcomes[id] = .pruned(reason: "")
      case (.finished, .damaged): break
      case (.finished, _): outcomes[id] = .damaged(reason: "the record of trial \(id) is gone")
      default: break
      }
    }
    for run in runs where run.status == .damaged && outcomes[run.id] == .finished {
      outcomes[run.id] = .damaged(
        reason: "the record of \(run.name) is damaged: \(run.damage.first ?? "")")
    }
    return outcomes
  }

  /// What can be mended by hand counts more than what can be tried again, and that more than what
  /// goes on by itself.
  static func status(of summary: Runner.Summary) -> ExitStatus {
    if summary.stopRequests > 1 { return .killed }
    if summary.stopRequests == 1 { return .interrupted }
    let groups = OutcomeGroups(summary.outcomes.values)
    if !groups.damaged.isEmpty || summary.refusal != nil { return .damagedStore }
    if groups.failed.count + groups.stopped.count + groups.timedOut + groups.refused > 0 {
      return .failed
    }
    let isLeft = summary.isOutOfTime || !summary.waits.isEmpty
    return groups.holders.isEmpty && groups.interrupted == 0 && !isLeft ? .done : .interrupted
  }

  /// Lines about the overlays of the best run. Where these cannot be drawn, the lines say why: the
  /// sweep has succeeded all the same. Points have none.
  private static func previews(of best: RunRecord, _ sweep: PreparedSweep) -> [String] {
    guard !sweep.plan.trials.contains(where: { $0.spec.task.reading.samplesArePoints }) else {
      return []
    }
    do {
      let places = sweep.plan.trials.first { $0.id == best.id }?.spec.places
      let files = try Previews(store: sweep.store, run: best, places: places).write(
        threads: sweep.sweep.machine.share)
      return ["predictions of the best run, \(best.name):"] + files.map { "  " + $0 }
    } catch {
      let lines = SystemRefusal.cause(of: error).split(separator: "\n")
      let more = lines.count > 1 ? " (and \(lines.count - 1) more)" : ""
      return [
        "no predictions of the best run, \(best.name), are drawn: \(lines.first ?? "")\(more)"
      ]
    }
  }

  private static func next(
    _ summary: Runner.Summary, _ plan: TrialPlan, best: String?, again: String, results: String
  ) -> [String] {
    let (trials, experiment) = (plan.expected, plan.experiment)
    if summary.stopRequests > 0 { return ["stopped; continue with:", "  \(again)"] }
    let groups = OutcomeGroups(summary.outcomes.values)
    let pruned = groups.pruned
    let left = trials - summary.outcomes.count
    var lines = groups.damaged.map { "error: \($0)" }
    if groups.refused > 0 {
      lines.append("\(Units.count(groups.refused, "trial")) not continued, as said above")
    }
    if let failure = summary.failure {
      let untouched = left > 0 ? "; \(Units.count(left, "trial")) left" : ""
      lines.append(
        "trial \(failure.trial.number) ended the sweep (limits.on_failure, \(failure.kind.rawValue))\(untouched)"
      )
    }
    if groups.timedOut > 0, let limit = plan.limits.time {
      let longer = SpecDuration(seconds: 2 * limit.seconds)
      lines += [
        "\(Units.count(groups.timedOut, "trial")) timed out; a longer time goes on with them:",
        "  \(again) --set \(ShellWord.quoted("limits.time=\(longer.text)"))",
      ]
    }
    let stopped = groups.stopped.count + groups.interrupted
    if groups.failed.count > 0 {
      lines += ["\(groups.failed.text("failed")); try again with:", "  \(again) --retry"]
    } else if stopped > 0 {
      let others = summary.refusal == nil ? "" : ", and no other was started"
      lines += [
        "\(groups.stopped.text("stopped", of: stopped))\(others); go on with:", "  \(again)",
      ]
    } else if summary.failure != nil, left > 0 {
      lines += ["go on with:", "  \(again)"]
    }
    if !groups.holders.isEmpty {
      let (count, holders) = (groups.holders.count, Set(groups.holders).sorted())
      lines += [
        "\(Units.count(count, "trial")) \(count == 1 ? "is" : "are") trained by "
          + holders.joined(separator: " and ") + "; when that has ended, compare all with:",
        "  experiments compare \(experiment)\(results)",
      ]
    }
    if summary.isOutOfTime {
      lines += [
        "the time of limits.total_time is over: \(Units.count(left, "trial")) left; go on with:",
        "  \(again)",
      ]
    } else if let first = summary.waits.values.min() {
      let count = summary.waits.count
      lines.append(
        "\(Units.count(count, "trial")) \(count == 1 ? "waits" : "wait") for what becomes of trial \(first), to be "
          + "compared with it")
    }
    guard lines.isEmpty else { return lines }
    let given = pruned == 0 ? [] : ["\(Units.count(pruned, "trial")) of \(trials) pruned"]
    return given + [
      "next:",
      "  experiments show \(best ?? "@last")\(results)",
      "  experiments compare \(experiment) --format md\(results)",
      "  experiments reproduce \(best ?? "@last")\(results)",
    ]
  }
}

/// How many trials failed, and how many of each kind of failure.
private struct FailureCounts {
  private(set) var count = 0
  private var kinds: [FailureRecord.Kind: Int] = [:]

  mutating func add(_ kind: FailureRecord.Kind?) {
    count += 1
    if let kind { kinds[kind, default: 0] += 1 }
  }

  /// `3 trials failed (2 diverged, 1 data_error)`.
  ///
  /// - Parameter all: of how many that is said, where others are among them.
  func text(_ word: String, of all: Int? = nil) -> String {
    let counts = FailureRecord.Kind.allCases.compactMap { kind in
      kinds[kind].map { "\($0) \(kind.rawValue)" }
    }
    return "\(Units.count(all ?? count, "trial")) \(word)"
      + (counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))")
  }
}

/// How many trials of a sweep ended in which way.
private struct OutcomeGroups {
  var (pruned, timedOut, refused, interrupted) = (0, 0, 0, 0)
  var failed = FailureCounts()
  var stopped = FailureCounts()
  /// What is wrong with each damaged trial, sorted.
  var damaged: [String] = []
  /// The holders of trials that other processes work on, one for each such trial.
  var holders: [String] = []

  init(_ outcomes: some Sequence<TrialOutcome>) {
    for outcome in outcomes {
      switch outcome {
      case .finished: break
      case .pruned: pruned += 1
      case .failed(_, let failure): failed.add(failure?.kind)
      case .stopped(_, let failure) where failure?.kind == .timedOut: timedOut += 1
      case .stopped(_, let failure): stopped.add(failure?.kind)
      case .refused: refused += 1
      case .interrupted: interrupted += 1
      case .damaged(let reason): damaged.append(reason)
      case .busy(let holder): holders.append(holder)
      }
    }
    damaged.sort()
  }
}
