internal import Datasets
import Foundation
internal import Groundwork
import Measurements
import Tracking

/// What the records say of a sweep's trials, for whoever runs them.
struct TrialLedger {
  let trials: [Trial]
  let store: FolderStore
  /// The number of trials, from the first on, whose results others were decided from: they stay as they
  /// are, even where they failed.
  var settled = 0
  /// What ends trials for others; `nil` where nothing does.
  var pruning: SweepPruning?
  /// Seconds that a trial may train for; `nil` for no limit.
  var timeLimit: Double?

  /// What is left to do.
  struct Agenda {
    /// The trials that are left to run, in the order of the sweep.
    var toRun: [Trial] = []
    /// The outcomes of the trials that will not be run, by id.
    var outcomes: [String: TrialOutcome] = [:]
    var skipped = SkippedTrials()
    /// The number of threads of the first attempt of the first trial that was begun; `nil` where
    /// none was.
    var threads: Int?
    /// What is known of the trials, where some are ended for others.
    var board: PruningBoard?
  }

  /// Finished trials are done; interrupted ones go on, and so do those that another pruner has ended; failed
  /// ones are tried again only on request; over damaged ones nothing is written.
  ///
  /// - Parameter share: of several launches that try failed trials again, each takes its own.
  func agenda(retriesFailed: Bool, share: TaskShare = .whole) throws -> Agenda {
    var agenda = Agenda()
    let runs = try trials.map { try store.run($0.id, experiment: $0.record.experiment) }
    agenda.board = pruning.map(PruningBoard.init)
    for (trial, run) in zip(trials, runs) { agenda.board?.learn(run, of: trial.id) }
    for (index, (trial, run)) in zip(trials, runs).enumerated() {
      if trial.keepsThreads { agenda.threads = agenda.threads ?? run?.attempts.first?.threads }
      guard let outcome = outcome(of: run, trial, &agenda.board),
        !(retriesFailed && index >= settled && share.owns(index) && outcome.isFailure)
      else {
        agenda.toRun.append(trial)
        continue
      }
      agenda.outcomes[trial.id] = outcome
      switch outcome {
      case .finished: agenda.skipped.finished += 1
      case .pruned: agenda.skipped.pruned += 1
      case .damaged(let reason): agenda.skipped.damaged.append(reason)
      case .stopped: agenda.skipped.timedOut += 1
      default: agenda.skipped.failed += 1
      }
    }
    return agenda
  }

  /// How the trial has ended; `nil` where there is something to do.
  private func outcome(
    of run: RunRecord?, _ trial: Trial, _ board: inout PruningBoard?
  ) -> TrialOutcome? {
    switch run?.status {
    case .interrupted where run.map(hasHadItsTime) == true:
      return .stopped(cause: run?.result?.cause ?? "", failure: run?.failure)
    case nil, .waiting, .running, .interrupted: return nil
    case .finished: return .finished
    case .pruned:
      return board?.hasEnded(trial.id) == true
        ? .pruned(reason: run?.pruning?.reason ?? "") : nil
    case .failed(let cause): return .failed(cause: cause, failure: run?.failure)
    case .damaged:
      let folder = store.folder(of: trial.id, experiment: trial.record.experiment)
      return .damaged(
        reason: "trial \(trial.record.number): the record in \(folder) is damaged"
          + (run?.damage.first.map { " (\($0))" } ?? "")
          + ": restore it from a copy, or move that folder away to train the trial again")
    }
  }

  /// Whether it has trained for as long as a trial may.
  private func hasHadItsTime(_ run: RunRecord) -> Bool {
    guard let timeLimit, run.failure?.kind == .timedOut, let had = run.failure?.timeLimit else {
      return false
    }
    return timeLimit <= had
  }

  /// What a trial is begun with.
  struct Beginning {
    /// The threads of an earlier attempt, `nil` where there was none: a continued run keeps them,
    /// because another number would change its bits.
    var threads: Int?
    /// How the trial has ended meanwhile, by another process; `nil` where it is to be trained.
    var outcome: TrialOutcome?
  }

  /// Makes the trial's record, if there is none yet.
  func begin(_ trial: Trial) throws -> Beginning {
    let experiment = trial.record.experiment
    do throws(StoreError) {
      var record = trial.record
      let root = Path.absolute(store.root, in: FileManager.default.currentDirectoryPath)
      record.folderFromRecords = Path.relative(trial.spec.folder, from: root)
      try store.prepare(record, id: trial.id)
    } catch .damaged(let path, let reason) {
      return Beginning(
        outcome: .damaged(reason: "\(StoreError.damaged(path: path, reason: reason))"))
    }
    let run = try store.run(trial.id, experiment: experiment)
    // Whether it is pruned was decided before it was begun.
    var board: PruningBoard?
    let outcome = outcome(of: run, trial, &board)
    return Beginning(
      threads: trial.keepsThreads ? run?.attempts.first?.threads : nil,
      outcome: outcome?.isFailure == true ? nil : outcome)
  }

  /// Records that a trial that waits is given up for others.
  ///
  /// - Returns: how it ended.
  func prune(_ trial: Trial, _ pruning: PruningRecord) throws -> TrialOutcome {
    let experiment = trial.record.experiment
    let run = try store.run(trial.id, experiment: experiment)
    let best = run?.history?.best(of: trial.record.objective).map { ($0.value, $0.point) }
    do throws(StoreError) {
      try store.open(trial.id, experiment: experiment).finish(
        .pruned(pruning, best: best, evaluations: run?.history?.rows.count ?? 0))
      return .pruned(reason: pruning.reason)
    } catch {
      switch error {
      case .busy(_, let holder): return .busy(reason: holder)
      case .ended: return .finished
      default: throw error
      }
    }
  }

  /// Records why a worker ended that said nothing of it.
  ///
  /// - Returns: the cause as it was recorded: how the process ended, and its last words.
  func record(
    _ failure: FailureRecord, _ words: String, of trial: Trial, attempt: Int?,
    after evaluation: EvaluationPoint?
  ) -> String {
    var cause = words + (evaluation.map { " after \($0)" } ?? "")
    let experiment = trial.record.experiment
    if let attempt, let log = store.logPath(trial.id, experiment: experiment, attempt: attempt),
      let words = LogTail.read(log)
    {
      cause += "; its last words:\n\(words)"
    }
    let writer = try? store.open(trial.id, experiment: experiment)
    let recorded = try? store.run(trial.id, experiment: experiment)
    try? writer?.finish(
      .failed(
        cause, failure, evaluations: recorded?.history?.rows.count ?? 0,
        isInterruption: true))
    return cause
  }
}

extension Trial {
  /// True where another number of threads would change the bits of what is promised to be the same.
  fileprivate var keepsThreads: Bool { spec.training.computation.determinism == .machine }
}

extension TrialOutcome {
  /// True where it failed for reasons of its own, so that it is tried again only on request.
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}

/// The end of what a worker wrote on standard error.
enum LogTail {
  /// - Returns: the last lines before a stack trace, at most ten, or `nil` where there are none.
  static func read(_ file: String) -> String? {
    let text = SmallFile.end(of: file, atMost: 8192) ?? ""
    // What the worker said in order is told elsewhere.
    let words = text.split(separator: "\n").prefix { $0 != AttemptLog.traceHead }
      .filter { !AttemptLog.isStamped($0) }
    let lines = words.suffix(10).map { line in
      String(line.unicodeScalars.filter { $0.properties.generalCategory != .control || $0 == "\t" })
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
