internal import Datasets
internal import Execution
import Tracking
internal import Training

/// Decides whether a run may go on in the environment of this process.
///
/// Evaluations that were computed with another instruction set or library have other bits: a run that
/// mixes them is neither the one training nor the other, and nobody can repeat it.
struct Continuation {
  private let changes: [EnvironmentDifference.Change]
  private let attempt: Int

  /// - Parameters:
  ///   - attempts: the attempts of the record.
  ///   - attempt: the one that computed the last evaluation that is kept.
  ///   - present: what this process runs with.
  init?(
    _ attempts: [ProvenanceRecord], of attempt: Int, _ present: ProvenanceRecord,
    determinism: Computation.Determinism
  ) {
    guard determinism != .fast, let before = attempts.first(where: { $0.attempt == attempt }) else {
      return nil
    }
    let found = EnvironmentDifference(recorded: before, present: present, determinism: determinism)
    changes = found.changes.filter { !$0.isOfTheData && $0.kind != .harmless }
    self.attempt = attempt
  }

  /// What is said where the evaluations may come out otherwise than before; `nil` where nothing is.
  var warning: String? {
    let others = changes.filter { $0.kind == .possible }
    return others.isEmpty ? nil : text(others) + ": the bytes may differ from there on"
  }

  /// Why it may not go on; `nil` where it may.
  var refusal: String? {
    let mixing = changes.filter { $0.kind == .certain }
    guard !mixing.isEmpty else { return nil }
    return text(mixing) + ", which computes other bits. Go on where it was begun, "
      + "or move the run's folder away to train it anew here, "
      + "or add --any-machine to mix the two (the record says so, and it cannot be reproduced)"
  }

  private func text(_ changes: [EnvironmentDifference.Change]) -> String {
    "not what attempt \(attempt) ran with: "
      + changes.map(\.description).joined(separator: ", ")
  }
}
