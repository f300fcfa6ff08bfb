package import Measurements

/// A number of a run that is neither measured at its evaluations nor set in its spec, but follows from what is
/// recorded: parameters, FLOPs, images a second.
package struct ComparedFact: Sendable {
  /// As a person writes it: `images_per_second`.
  package let name: String
  package let title: String
  package let unit: String?
  package let higherIsBetter: Bool?
  package let format: ValueFormat
  /// `nil` where it cannot be told.
  package let value: @Sendable (RunRecord) -> Double?

  package init(
    _ name: String, title: String, unit: String? = nil, higherIsBetter: Bool? = nil,
    format: ValueFormat, value: @escaping @Sendable (RunRecord) -> Double?
  ) {
    (self.name, self.title, self.unit) = (name, title, unit)
    (self.higherIsBetter, self.format, self.value) = (higherIsBetter, format, value)
  }

  /// Training images that the run went through in a second of training.
  package static let imagesPerSecond = ComparedFact(
    "images_per_second", title: "images/s", unit: "images/s", higherIsBetter: true,
    format: .significant(3)
  ) { run in
    guard let history = run.history, let epochs = history.rows.last?.point.epoch,
      let images = run.attempts.last?.data.first(where: { $0.name == "train" })?.samples,
      let seconds = history.values(of: "training.seconds")?.compensatedSum, seconds > 0
    else { return nil }
    return Double(images) * epochs / seconds
  }
}

extension ComparisonLayout.Context {
  /// The fact that a person calls so.
  func fact(named name: String) -> ComparedFact? { request.facts.first { $0.name == name } }

  /// A fact of the rows: over several runs its mean.
  func column(_ fact: ComparedFact, isAsked: Bool) -> ComparedColumn {
    var column = ComparedColumn(
      fact.name, header: fact.title, .fact,
      importance: isAsked ? Importance.asked : Importance.facts, of: rows
    ) { row in
      let values = parallelMap(row.entries.map(\.run.values)) { $0.record.flatMap(fact.value) }
        .compactMap(\.self)
      return SampleSummary(values).map { .value($0.mean, fact.format) } ?? .notRecorded
    }
    column.isAsked = isAsked
    column.column.unit = fact.unit
    column.column.higherIsBetter = fact.higherIsBetter
    column.column.format = fact.format
    return column
  }
}
