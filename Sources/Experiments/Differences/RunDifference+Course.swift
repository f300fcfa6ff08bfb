import Measurements
import Tracking

extension RunDifference {
  /// Where the courses of two runs part.
  struct Course: Encodable, Sendable {
    /// How many evaluations both have at the same steps.
    let evaluations: Int
    /// The first of these that differs; `nil` where none does.
    let parting: Parting?
    /// Whether they have evaluations at the same steps, and no more.
    let isSameLength: Bool
    /// Why nothing could be compared, in words.
    let obstacle: String?

    struct Parting: Encodable, Sendable {
      let step: Int
      let epoch: Double
      /// How many tensors differ in their bits, of how many.
      let tensors: Int
      let allTensors: Int
      let series: [String]
      /// By how much, for what single numbers there are; the greatest relative one first.
      let values: [Value]
    }

    init(_ first: RunRecord, _ second: RunRecord) {
      guard let one = first.history, let other = second.history else {
        let missing = [first, second].filter { $0.history == nil }.map(\.name)
        (evaluations, parting, isSameLength) = (0, nil, false)
        obstacle =
          "\(missing.joined(separator: " and ")) \(missing.count == 1 ? "has" : "have") no evaluation"
        return
      }
      let shared = one.rows.filter { other.row(atStep: $0.step) != nil }
      evaluations = shared.count
      isSameLength = one.rows.count == other.rows.count && shared.count == one.rows.count
      obstacle =
        shared.isEmpty
        ? "no evaluation of the two is at the same step, as their steps in an epoch differ" : nil
      parting =
        shared.lazy.compactMap { row in
          Divergence.between(one, other, at: row.point).map {
            Parting($0, one, other, at: row.point)
          }
        }.first
    }
  }
}

extension RunDifference.Course.Parting {
  fileprivate init(
    _ divergence: Divergence, _ one: MetricHistory, _ other: MetricHistory,
    at point: EvaluationPoint
  ) {
    (step, epoch) = (point.step, point.epoch)
    tensors = divergence.tensors.count
    allTensors = Set(one.tensorNames + other.tensorNames).count
    series = divergence.series
    let places = [one, other].map { history in history.rows.firstIndex { $0.step == point.step } }
    let shown = one.columns.filter {
      $0.place == nil && divergence.series.contains($0.series.name)
    }
    let found = shown.compactMap { column -> RunDifference.Value? in
      guard let before = places[0], let after = places[1],
        let first = one.measured(column, inRow: before)?[0],
        let second = other.measured(column, inRow: after)?[0], first.isFinite, second.isFinite
      else { return nil }
      return RunDifference.Value(
        name: column.name, title: column.header, first: first, second: second,
        higherIsBetter: column.series.higherIsBetter)
    }
    values = found.sorted { abs($0.relative) > abs($1.relative) }
  }
}

extension RunDifference.Value {
  fileprivate var relative: Double {
    guard let first, let difference else { return 0 }
    return first == 0 ? difference : difference / first
  }
}
