/// What happens while a sweep runs; each consumer is one file.
enum RunnerEvent: Sendable {
  /// Trials that will not be run.
  case skipped(SkippedTrials)
  case started(TrialLabel)
  case told(TrialLabel, WorkerMessage)
  case ended(TrialLabel, TrialOutcome)
  /// It gives its worker back and goes on later.
  case paused(TrialLabel)
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
  /// Its sweep gave it up for others, for that reason.
  case pruned(reason: String)
  case failed(cause: String)
  /// By a signal or by what the system refused: the run goes on when it is run again.
  case stopped(cause: String)
  case interrupted
  /// The record is not what was written, and nothing is written over it.
  case damaged(reason: String)
  /// It is not to be mixed with what this machine computes.
  case refused(reason: String)
  /// Another process, which this names, holds the run.
  case busy(reason: String)
}

/// Trials that need not run, or not without being asked to.
struct SkippedTrials: Sendable, Equatable {
  var finished = 0
  var pruned = 0
  var failed = 0
  /// What is wrong with each.
  var damaged: [String] = []
}
