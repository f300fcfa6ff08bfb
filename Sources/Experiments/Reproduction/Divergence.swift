internal import Datasets
import Tracking

/// The first place where a repeated training is not what was recorded.
struct Divergence: Sendable, Equatable {
  let round: Int
  /// Names of the tensors whose bits differ, in the network's order.
  let tensors: [String]
  /// Names of the figures that differ: series, `confusion`.
  let series: [String]

  /// Compares one round, every figure and every tensor's digest by its bits; `nil` where they are
  /// the same.
  ///
  /// What may differ between equal trainings is left out: seconds, and the attempt.
  static func between(
    _ recorded: MetricHistory, _ repeated: MetricHistory, round: Int
  ) -> Divergence? {
    guard let before = recorded.row(round), let after = repeated.row(round) else {
      return Divergence(round: round, tensors: [], series: ["the round is missing"])
    }
    let tensors = differences(
      recorded.tensorNames, before.tensorDigests, repeated.tensorNames, after.tensorDigests)
    var series = differences(
      recorded.seriesNames, before.values.map(\.bitPattern),
      repeated.seriesNames, after.values.map(\.bitPattern))
    if before.confusion != after.confusion { series.append("confusion") }
    series += differences(
      recorded.classMetricNames, before.classFigures.map { $0.map(\.bitPattern) },
      repeated.classMetricNames, after.classFigures.map { $0.map(\.bitPattern) }
    ).map { "\($0) by class" }
    if before.worstImages != after.worstImages { series.append("worst images") }
    if before.step != after.step { series.append("step") }
    guard !(tensors.isEmpty && series.isEmpty) else { return nil }
    return Divergence(round: round, tensors: tensors, series: series)
  }

  /// Names whose values differ, or that only one side has a value for.
  private static func differences<Value: Equatable>(
    _ names: [String], _ values: [Value], _ otherNames: [String], _ otherValues: [Value]
  ) -> [String] {
    let recorded = Dictionary(zip(names, values)) { first, _ in first }
    let repeated = Dictionary(zip(otherNames, otherValues)) { first, _ in first }
    let added = otherNames.filter { !names.contains($0) }
    return (names + added).filter { recorded[$0] == nil || recorded[$0] != repeated[$0] }
  }
}

extension Divergence: CustomStringConvertible {
  /// "round 3: tensor encoder0.conv.weight and 12 more; training.loss".
  var description: String {
    let parts = [Self.list("tensor", tensors), Self.list("figure", series)].compactMap { $0 }
    return "round \(round): \(parts.joined(separator: "; "))"
  }

  private static func list(_ kind: String, _ names: [String]) -> String? {
    guard let first = names.first else { return nil }
    return names.count == 1 ? "\(kind) \(first)" : "\(kind) \(first) and \(names.count - 1) more"
  }
}

extension MetricHistory {
  func row(_ round: Int) -> Row? { rows.first { $0.round == round } }
}
