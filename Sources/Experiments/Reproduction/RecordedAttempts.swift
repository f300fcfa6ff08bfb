internal import Execution
import Measurements
import Tracking
internal import Training

/// The attempts that computed a record's evaluations: those after the first may have run with something
/// else, and then the record is no single training.
struct RecordedAttempts: Sendable {
  private let attempts: [ProvenanceRecord]
  /// By the steps before the evaluation.
  private let numbers: [Int: Int]
  private let points: [EvaluationPoint]
  private let determinism: Computation.Determinism

  init(_ run: RunRecord, determinism: Computation.Determinism) {
    let rows = run.history?.rows ?? []
    let computing = Set(rows.map(\.attempt))
    attempts = run.attempts.filter { computing.contains($0.attempt) }
    numbers = Dictionary(rows.map { ($0.step, $0.attempt) }) { first, _ in first }
    points = rows.map(\.point)
    self.determinism = determinism
  }

  /// How later attempts differ from the first, a line each.
  var mixedEnvironments: [String] {
    guard let first = attempts.first else { return [] }
    return attempts.dropFirst().compactMap { later in
      let changes = EnvironmentDifference(recorded: first, present: later, determinism: determinism)
        .changes
        .filter { $0.kind != .harmless }
      guard !changes.isEmpty else { return nil }
      let start = points.first { numbers[$0.step] == later.attempt }
      return
        "attempt \(later.attempt)\(start.map { ", from \($0) on," } ?? "") ran with something else than attempt "
        + "\(first.attempt): " + changes.map(\.description).joined(separator: ", ")
    }
  }

  /// What the attempt that computed an evaluation ran with, against what the repetition does.
  func environment(of evaluation: EvaluationPoint, _ present: ProvenanceRecord) -> (
    attempt: Int, environment: EnvironmentDifference
  )? {
    guard let number = numbers[evaluation.step],
      let before = attempts.first(where: { $0.attempt == number })
    else { return nil }
    return (
      number, EnvironmentDifference(recorded: before, present: present, determinism: determinism)
    )
  }
}
