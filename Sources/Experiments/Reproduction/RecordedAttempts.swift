internal import Datasets
import Tracking
internal import Training

/// The attempts that computed a record's evaluations: those after the first may have run with something
/// else, and then the record is no single training.
struct RecordedAttempts: Sendable {
  private let attempts: [ProvenanceRecord]
  /// By round.
  private let numbers: [Int: Int]
  private let determinism: Computation.Determinism

  init(_ run: RunRecord, determinism: Computation.Determinism) {
    let rows = run.history?.rows ?? []
    let computing = Set(rows.map(\.attempt))
    attempts = run.attempts.filter { computing.contains($0.attempt) }
    numbers = Dictionary(rows.map { ($0.round, $0.attempt) }) { first, _ in first }
    self.determinism = determinism
  }

  /// How later attempts differ from the first, a line each.
  var mixtures: [String] {
    guard let first = attempts.first else { return [] }
    return attempts.dropFirst().compactMap { later in
      let changes = Circumstances(recorded: first, present: later, determinism: determinism).changes
        .filter { $0.kind != .harmless }
      guard !changes.isEmpty else { return nil }
      let round = numbers.filter { $0.value == later.attempt }.keys.min() ?? 0
      return
        "attempt \(later.attempt), from round \(round) on, ran with something else than attempt "
        + "\(first.attempt): " + changes.map(\.description).joined(separator: ", ")
    }
  }

  /// What the attempt that computed a round ran with, against what the repetition does.
  func circumstances(ofRound round: Int, _ present: ProvenanceRecord) -> (
    attempt: Int, circumstances: Circumstances
  )? {
    guard let number = numbers[round], let before = attempts.first(where: { $0.attempt == number })
    else { return nil }
    return (number, Circumstances(recorded: before, present: present, determinism: determinism))
  }
}
