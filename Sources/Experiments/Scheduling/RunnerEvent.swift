import Tracking

/// What happens while a sweep runs; each consumer is one file.
enum RunnerEvent: Sendable {
  /// Trials that will not be run.
  case skipped(SkippedTrials)
  case started(TrialLabel)
  case told(TrialLabel, WorkerMessage)
  case ended(TrialLabel, TrialOutcome)
  /// It gives its worker back and goes on later.
  case paused(TrialLabel)
  /// It has failed and goes on at once.
  ///
  /// - Parameter count: `1 of 2`, where there is a number of tries.
  case again(TrialLabel, TrialOutcome, count: String?)
  /// Its worker, that process, has been stopped by a signal, for so many seconds.
  case standing(TrialLabel, process: Int, seconds: Double)
  /// A failure ends the sweep; those that train are told to stop.
  case ending(TrialLabel, FailureRecord.Kind)
  /// Someone asked to stop; workers are told to.
  case stopping
}

extension TrialOutcome {
  /// What kind of failure it was; `nil` where it was none, or of no kind that is told apart.
  var failure: FailureRecord? {
    switch self {
    case .failed(_, let failure), .stopped(_, let failure): failure
    case .finished, .pruned, .interrupted, .damaged, .refused, .busy: nil
    }
  }
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
  case failed(cause: String, failure: FailureRecord? = nil)
  /// By a signal, by what the system refused, or by what it may not take of the machine: the run goes on when
  /// it is run again.
  case stopped(cause: String, failure: FailureRecord? = nil)
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
  /// Those that have had the time that trials may still take.
  var timedOut = 0
  /// What is wrong with each.
  var damaged: [String] = []
}
