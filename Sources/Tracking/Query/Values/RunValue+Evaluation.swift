internal import Measurements

/// What can be asked for values: a record, or what an index keeps of one.
package protocol QueriedRun {
  /// The answer; ``QueryValue/missing(_:)`` with the reason where there is none.
  func value(of value: RunValue) -> QueryValue
}

/// Answers of a run's record.
package struct RunAnswers: QueriedRun, Sendable {
  package let run: RunRecord
  private let deferred: DeferredSettings
  private var settings: RunSettings { RunSettings(root: deferred.settings.whole) }

  package init(_ run: RunRecord) {
    self.init(run, settings: DeferredSettings { TrialSettings(run.trial) })
  }

  /// - Parameter settings: those of the run, perhaps with what its record leaves out.
  init(_ run: RunRecord, settings: DeferredSettings) { (self.run, deferred) = (run, settings) }

  package func value(of value: RunValue) -> QueryValue {
    if let coordinate = Coordinate(rawValue: value.name) {
      return run.history?.value(coordinate, value.statistic, run.trial.objective)
        ?? .missing(RunAnswers.nothingMeasured)
    }
    if value.isPlain, let fact = RunFact(named: value.name) { return fact.value(of: run, settings) }
    if let history = run.history, let column = history.series.column(named: value.name) {
      return history.value(column, value.statistic, run.trial.objective)
    }
    if let tested = tested(value.name) { return tested }
    guard value.isPlain else { return .missing(missing(value.name)) }
    switch settings.find(value.name) {
    case .value(let value): return value
    case .ambiguous(let paths): return Self.ambiguous(value.name, paths)
    case .nothing: return .missing(missing(value.name))
    }
  }

  static func ambiguous(_ name: String, _ paths: [String]) -> QueryValue {
    .missing("'\(name)' could be \(paths.joined(separator: " or "))")
  }

  static let nothingMeasured = "it has no evaluation yet"

  private func missing(_ name: String) -> String {
    run.history == nil ? Self.nothingMeasured : "it has no \(name)"
  }

  /// The value of the newest test that has the column.
  private func tested(_ name: String) -> QueryValue? {
    for test in run.tests.reversed() {
      guard let column = test.history.series.column(named: name),
        let values = test.history.measured(column, inRow: 0)
      else { continue }
      return .measured(
        values[column.place ?? 0], column.name, at: test.facts.checkpoint.evaluation)
    }
    return nil
  }
}

extension RunRecord: QueriedRun {
  package func value(of value: RunValue) -> QueryValue { RunAnswers(self).value(of: value) }
}

/// What says where an evaluation stands.
enum Coordinate: String, Sendable, CaseIterable {
  case epoch, step

  func value(of point: EvaluationPoint) -> Double {
    switch self {
    case .epoch: point.epoch
    case .step: Double(point.step)
    }
  }
}

extension [SeriesDescription] {
  /// The series of single numbers that a person calls so, or the element of one with an axis. Names
  /// count before aliases.
  func column(named written: String) -> HistoryColumn? {
    let scoped = "\(SeriesDescription.validation).\(written)"
    for name in [written, scoped] {
      if let scalar = first(where: { $0.isScalar && $0.name == name }) {
        return HistoryColumn(scalar)
      }
    }
    for name in [written, scoped] {
      for series in self where series.axes.count == 1 {
        if let place = series.element(named: name) { return HistoryColumn(series, place: place) }
      }
    }
    for series in self where series.isScalar && series.writtenNames.contains(written) {
      return HistoryColumn(series)
    }
    for series in self where series.axes.count == 1 && !series.aliases.isEmpty {
      if let place = series.axes[0].labels.indices.first(where: {
        written.hasSuffix(series.axes[0].labels[$0])
          && series.writtenElementNames($0).contains(written)
      }) {
        return HistoryColumn(series, place: place)
      }
    }
    return nil
  }
}
