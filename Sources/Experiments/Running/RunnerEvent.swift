/// What happens while a sweep runs; each consumer is one file.
enum RunnerEvent: Sendable {
  /// Trials that will not be run.
  case skipped(SkippedTrials)
  case started(TrialLabel)
  case told(TrialLabel, WorkerMessage)
  case ended(TrialLabel, TrialOutcome)
  /// Someone asked to stop; workers are told to.
  case stopping
}

/// A trial as reports name it.
struct TrialLabel: Sendable, Hashable {
  /// 1 for the first.
  let number: Int
  let id: String
  /// Its hyperparameters, e.g. `solver.base_lr 0.01, seed 8`.
  let name: String
}

/// How an attempt ended.
enum TrialOutcome: Sendable, Equatable {
  case finished
  case failed(cause: String)
  case interrupted
  /// Another process holds the run.
  case busy(reason: String)
}

/// Trials that need not run, or not without being asked to.
struct SkippedTrials: Sendable, Equatable {
  var finished = 0
  var failed = 0
}
