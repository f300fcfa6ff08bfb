internal import Datasets
internal import Execution
import Foundation
import Tracking
internal import Training

/// What must hold before a run goes on.
extension Worker {
  /// What is read must be what the trial's id stands for; of scenes that the program draws, what
  /// earlier attempts were trained on.
  func requireData(
    of trial: Trial, isResumed: Bool, _ present: [DataFingerprint]
  ) throws {
    var expected = trial.record.data
    if expected.isEmpty, isResumed {
      expected = try store.run(id, experiment: experiment)?.attempts.last?.data ?? []
    }
    guard !expected.isEmpty, expected != present else { return }
    let names = zip(expected, present).filter { $0 != $1 }.map(\.0.name)
      .joined(separator: " and ")
    throw DataChanged(names: names)
  }

  /// - Throws: ``ContinuationRefused``, unless that was allowed.
  func checkEnvironment(
    _ present: ProvenanceRecord, _ trial: Trial, after resumed: ResumePoint,
    _ channel: WorkerChannel
  ) throws {
    guard let last = resumed.attempt,
      let attempts = try store.run(id, experiment: experiment)?.attempts,
      let continuation = Continuation(
        attempts, of: last, present,
        determinism: trial.spec.training.computation.determinism)
    else { return }
    if let refusal = continuation.refusal, !acceptsAnyMachine {
      throw ContinuationRefused(reason: refusal)
    }
    for warning in [continuation.refusal, continuation.warning].compactMap(\.self) {
      channel.send(.warning(warning))
    }
  }
}

/// The data is another than when it was looked at.
struct DataChanged: Error, CustomStringConvertible {
  /// Of its lists.
  let names: String

  var description: String {
    "the \(names) data is not what this trial is trained on: it has changed since it was looked "
      + "at; put it back, or run the spec again, which looks anew"
  }
}

/// A run that is not to go on here.
struct ContinuationRefused: Error {
  let reason: String
}
