import Measurements
import Tracking

/// The first place where a repeated training is not what was recorded.
struct Divergence: Sendable, Equatable {
  let evaluation: EvaluationPoint
  /// Names of the tensors whose bits differ, in the network's order.
  let tensors: [String]
  /// Names of the series whose values differ.
  let series: [String]

  /// Compares one evaluation, every value and every tensor's digest by its bits; `nil` where they are
  /// the same.
  ///
  /// What may differ between equal trainings is left out: times, and the attempt.
  static func between(
    _ recorded: MetricHistory, _ repeated: MetricHistory, at evaluation: EvaluationPoint
  ) -> Divergence? {
    guard let before = recorded.row(atStep: evaluation.step),
      let after = repeated.row(atStep: evaluation.step)
    else {
      return Divergence(
        evaluation: evaluation, tensors: [], series: ["the evaluation is missing"])
    }
    let tensors = differences(
      (recorded.tensorNames, before.tensorDigests), (repeated.tensorNames, after.tensorDigests))
    let series = differences(
      recorded.reproducible(before.values), repeated.reproducible(after.values))
    guard !(tensors.isEmpty && series.isEmpty) else { return nil }
    return Divergence(evaluation: evaluation, tensors: tensors, series: series)
  }

  /// Names whose values differ, or that only one side has a value for.
  private static func differences<Value: Equatable>(
    _ before: (names: [String], values: [Value]), _ after: (names: [String], values: [Value])
  ) -> [String] {
    let recorded = Dictionary(zip(before.names, before.values)) { first, _ in first }
    let repeated = Dictionary(zip(after.names, after.values)) { first, _ in first }
    let added = after.names.filter { recorded[$0] == nil }
    return (before.names + added).filter { recorded[$0] == nil || recorded[$0] != repeated[$0] }
  }
}

extension Divergence: CustomStringConvertible {
  /// "step 30 (epoch 3): tensor encoder0.conv.weight and 12 more; series training.loss".
  var description: String {
    let parts = [Self.list("tensor", tensors), Self.list("series", series)].compactMap { $0 }
    return "\(evaluation): \(parts.joined(separator: "; "))"
  }

  private static func list(_ kind: String, _ names: [String]) -> String? {
    guard let first = names.first else { return nil }
    return names.count == 1 ? "\(kind) \(first)" : "\(kind) \(first) and \(names.count - 1) more"
  }
}

extension MetricHistory {
  /// The values of an evaluation that equal trainings have alike, with the names of their series.
  fileprivate func reproducible(
    _ values: [MeasuredValues]
  ) -> (names: [String], values: [MeasuredValues]) {
    let kept = zip(series, values).filter { !$0.0.isWallTime }
    return (kept.map(\.0.name), kept.map(\.1))
  }
}
