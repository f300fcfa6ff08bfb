import Foundation
internal import Training

/// What a worker tells its parent, in order: `opened`, `prepared`, then for every round steps,
/// evaluation and `round`, and at the end what became of the trial.
///
/// It is what a person wants to see while a trial runs; the figures themselves are in the record.
enum WorkerMessage: Codable, Sendable, Equatable {
  case opened(Opened)
  case prepared(Prepared)
  case step(Step)
  case evaluation(Evaluation)
  case round(Round)
  case finished
  /// Stopped on request; the record says where to continue.
  case interrupted
  /// The record holds the same cause, unless the record itself could not be written.
  case failed(cause: String)
  /// The system refused something; the run goes on when it is run again.
  case stopped(cause: String)
  /// The record is not what was written; nothing was done.
  case damaged(reason: String)
  /// The run was begun under circumstances that are not to be mixed with these; nothing was done.
  case refused(reason: String)
  /// Another process holds the run.
  case busy(reason: String)
  /// What a person should know; the training goes on.
  case warning(String)

  struct Opened: Codable, Sendable, Equatable {
    var attempt: Int
    /// 0 for a fresh start.
    var resumedAfterRound: Int
  }

  struct Prepared: Codable, Sendable, Equatable {
    var parameters: Int
    var trainingSamples: Int
    var validationSamples: Int
    var steps: Int
    var stepsPerEpoch: Int
    var rounds: Int
    var resumedSteps: Int
    /// Bytes that the plans use.
    var memory: Int
  }

  struct Step: Codable, Sendable, Equatable {
    var step: Int
    var round: Int
    var epoch: Double
    var loss: Double
    var imagesPerSecond: Double
  }

  struct Evaluation: Codable, Sendable, Equatable {
    var done: Int
    var samples: Int
  }

  struct Figure: Codable, Sendable, Equatable {
    /// As tables have it: `mean IoU`, `iou.crack`.
    var title: String
    /// NaN where it means nothing.
    var value: Double
  }

  struct Round: Codable, Sendable, Equatable {
    var round: Int
    var step: Int
    var epoch: Double
    var trainingLoss: Double
    var validationLoss: Double
    /// What trials are judged by; where that is the loss, mean IoU.
    var figure: Figure
    /// Whether the objective has never been better.
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
