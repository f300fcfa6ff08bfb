internal import Datasets
import Foundation
internal import Tracking
internal import Training

/// What the first rank tells the others of the trial, so that they need no record of it.
struct RankTask: Codable {
  let trial: TrialRecord
  let places: DataPlaces?
  /// The file of what the attempt says, for the last words of a rank that dies.
  let log: String?

  func send(to ranks: RankChannel) throws {
    try ranks.send(.text(String(decoding: try JSONEncoder().encode(self), as: UTF8.self)))
  }

  init(_ trial: TrialRecord, places: DataPlaces?, log: String?) {
    (self.trial, self.places, self.log) = (trial, places, log)
  }

  init(_ text: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }
}

/// What all ranks must have in common for their sums to be those of one process. Each tells the others before
/// the first step, or why it cannot begin.
struct RankFacts: Codable, Equatable {
  var host = System.current.host
  var program = ""
  var instructionSet = ""
  var threads = 0
  var data: [String] = []
  var parameters = 0
  /// Why this rank cannot begin; `nil` where it can.
  var cause: String?
  var isOfTheData = false

  init(_ loop: TrainingLoop, threads: Int, data: [DataFingerprint]) throws {
    program = try Provenance.executableDigest()
    instructionSet = Provenance.machine().instructionSet
    self.threads = threads
    self.data = data.map(\.sha256)
    parameters = loop.summary.parameterCount
  }

  /// Of a rank that cannot begin.
  init(_ error: any Error, isOfTheData: Bool) {
    (cause, self.isOfTheData) = ("\(error)", isOfTheData)
  }

  /// Compares those of all ranks; every rank comes to the same verdict.
  ///
  /// - Throws: ``RankFailure`` where one cannot begin, or has something else than the first.
  func agree(over ranks: RankChannel) throws {
    let own = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    let all = try ranks.gather(own).map {
      try JSONDecoder().decode(Self.self, from: Data($0.utf8))
    }
    for (rank, facts) in all.enumerated() {
      guard let cause = facts.cause ?? facts.difference(from: all[0]) else { continue }
      ranks.conclude()
      throw RankFailure(
        rank: rank, cause: "\(cause) (on \(facts.host))", isOfTheData: facts.isOfTheData)
    }
  }

  /// What is not as with the first rank; `nil` where all is.
  private func difference(from first: RankFacts) -> String? {
    if program != first.program { return "its program is another than that of rank 0" }
    if instructionSet != first.instructionSet {
      return
        "it computes with \(instructionSet), and rank 0 with \(first.instructionSet), which gives other "
        + "bits: set DNNL_MAX_CPU_ISA for all, or choose machines of one kind"
    }
    if threads != first.threads { return "it has \(threads) threads, and rank 0 \(first.threads)" }
    if data != first.data { return "its data is another than that of rank 0" }
    if parameters != first.parameters { return "its network is another than that of rank 0" }
    return nil
  }
}
