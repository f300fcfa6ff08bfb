import Foundation
import Measurements
import Tracking

/// What a worker tells its parent, in order: `opened`, `prepared`, then again and again steps, the
/// progress of an evaluation and what it measured, and at the end what became of the trial.
///
/// It is what a person wants to see while a trial runs; every measured value is in the record.
enum WorkerMessage: Codable, Sendable, Equatable {
  case opened(Opened)
  case prepared(Prepared)
  case step(Step)
  case evaluating(Evaluating)
  case evaluated(Evaluated)
  /// The training ended before its planned end; `finished` follows.
  case stoppedEarly(EarlyStopRecord)
  case finished
  /// Its sweep gives it up, as the record says.
  case pruned(PruningRecord)
  /// It goes on when others have come further, or later; the record says where.
  case paused
  /// Stopped on request; the record says where to continue.
  case interrupted
  /// The record holds the same cause, unless the record itself could not be written.
  case failed(cause: String, failure: FailureRecord? = nil)
  /// It had to end before its end, because the system refused something or its time is over; the run goes on
  /// when it is run again.
  case stopped(cause: String, failure: FailureRecord? = nil)
  /// The record is not what was written; nothing was done.
  case damaged(reason: String)
  /// The run was begun in an environment that is not to be mixed with this one; nothing was done.
  case refused(reason: String)
  /// Another process holds the run.
  case busy(reason: String)
  /// What a person should know; the training goes on.
  case warning(String)

  struct Opened: Codable, Sendable, Equatable {
    var attempt: Int
    /// `nil` for a fresh start.
    var resumedAfter: EvaluationPoint?
  }

  struct Prepared: Codable, Sendable, Equatable {
    var parameters: Int
    var trainingSamples: Int
    var validationSamples: Int
    var steps: Int
    var stepsPerEpoch: Int
    var resumedSteps: Int
    /// Bytes that the plans use.
    var memory: Int
    /// Whether it may end before all steps are done.
    var mayStopEarly = false
  }

  struct Step: Codable, Sendable, Equatable {
    var step: Int
    var epoch: Double
    var loss: Double
    var imagesPerSecond: Double
  }

  struct Evaluating: Codable, Sendable, Equatable {
    var done: Int
    var samples: Int
  }

  /// A measured value that a person watches.
  struct Headline: Codable, Sendable, Equatable {
    var series: SeriesDescription
    /// The class that it is of, where it is of one.
    var label: String?
    /// NaN where it means nothing.
    var value: Double
  }

  struct Evaluated: Codable, Sendable, Equatable {
    var point: EvaluationPoint
    var trainingLoss: Double
    var validationLoss: Double
    /// What trials are judged by; where that is the loss, the first principal metric.
    var headline: Headline
    /// True where the objective has never been better.
    var isBest: Bool
    var seconds: Double
  }
}

extension WorkerMessage {
  /// As it travels: JSON without a newline.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(self)
  }

  init(encoded line: Data) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    self = try decoder.decode(WorkerMessage.self, from: line)
  }
}
