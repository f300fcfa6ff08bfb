import Foundation
import Tracking

/// What the records say of a sweep's trials, for whoever runs them.
struct TrialLedger {
  let trials: [Trial]
  let store: FolderStore

  /// What is left to do.
  struct Agenda {
    /// In the order of the sweep.
    var toRun: [Trial] = []
    /// Of the trials that will not be run, by id.
    var outcomes: [String: TrialOutcome] = [:]
    var skipped = SkippedTrials()
    /// Of the first attempt of the first trial that was begun; `nil` where none was.
    var threads: Int?
  }

  /// Finished trials are done; interrupted ones go on; failed ones are tried again only on request.
  ///
  /// - Throws: ``Failure`` where a record is damaged: nothing is written over it.
  func agenda(retriesFailed: Bool) throws -> Agenda {
    var agenda = Agenda()
    for trial in trials {
      let run = try store.run(trial.id, experiment: trial.record.experiment)
      if trial.keepsThreads { agenda.threads = agenda.threads ?? run?.attempts.first?.threads }
      switch run?.status {
      case nil, .waiting, .running, .interrupted: agenda.toRun.append(trial)
      case .failed where retriesFailed: agenda.toRun.append(trial)
      case .finished:
        agenda.outcomes[trial.id] = .finished
        agenda.skipped.finished += 1
      case .failed(let cause):
        agenda.outcomes[trial.id] = .failed(cause: cause)
        agenda.skipped.failed += 1
      case .damaged:
        throw Failure(
          .damagedStore,
          "error: the record of trial \(trial.record.number) (\(trial.id)) is damaged; look at it "
            + "with 'experiments show \(trial.id.prefix(8))', then move it away to train it again")
      }
    }
    return agenda
  }

  /// Makes the trial's record, if there is none yet.
  ///
  /// - Returns: the threads of an earlier attempt, `nil` where there was none: a continued run
  ///   keeps them, because another number would change its bits.
  func begin(_ trial: Trial) throws -> Int? {
    try store.prepare(trial.record, id: trial.id)
    guard trial.keepsThreads else { return nil }
    return try store.run(trial.id, experiment: trial.record.experiment)?
      .attempts.first?.threads
  }

  /// Records that a worker ended without a word.
  ///
  /// - Returns: the cause as it was recorded: how the process ended, and its last words.
  func recordCrash(
    of trial: Trial, attempt: Int?, end: ChildProcess.End, afterRound round: Int
  ) -> String {
    var cause = "\(end)" + (round > 0 ? " after round \(round)" : "")
    let experiment = trial.record.experiment
    if let attempt, let log = store.logPath(trial.id, experiment: experiment, attempt: attempt),
      let words = LogTail.read(log)
    {
      cause += "; its last words:\n\(words)"
    }
    let writer = try? store.open(trial.id, experiment: experiment)
    try? writer?.finish(.failed(cause, after: round))
    return cause
  }
}

extension Trial {
  /// Whether another number of threads would change the bits of what is promised to be the same.
  fileprivate var keepsThreads: Bool { spec.training.computation.determinism == .machine }
}

/// The end of what a worker wrote on standard error.
enum LogTail {
  /// - Returns: the last lines, at most ten, or `nil` where there are none.
  static func read(_ file: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: file) else { return nil }
    let length = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: length > 8192 ? length - 8192 : 0)
    let bytes = (try? handle.readToEnd()) ?? Data()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(10)
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
