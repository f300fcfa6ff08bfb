internal import Execution
internal import Measurements
import Tracking

/// What tells two runs apart, from what was asked to what came out: the causes that a difference can have in
/// the order of their likelihood, where the courses part, and what the runs came to.
struct RunDifference: Encodable, Sendable {
  let first: String
  let second: String
  /// Those of the spec first, then data, weights, build and environment.
  let causes: [Cause]
  let course: Course
  /// The values at the best evaluation of each, the objective first.
  let values: [Value]
  /// The same for each class, the greatest difference first.
  let classes: [Value]

  struct Cause: Encodable, Sendable, Equatable {
    let kind: Kind
    let what: String
    let first: String
    let second: String
    let effect: Effect
  }

  enum Kind: String, Encodable, Sendable, CaseIterable {
    case spec, data, weights, build, environment
  }

  /// What a cause does to a training.
  enum Effect: String, Encodable, Sendable {
    case differs
    case mayDiffer = "may differ"
    case none
  }

  /// A value of both runs; `nil` where one has none.
  struct Value: Encodable, Sendable {
    let name: String
    let title: String
    let first: Double?
    let second: Double?
    let higherIsBetter: Bool?

    var difference: Double? {
      first.flatMap { first in second.map { $0 - first } }
    }
  }

  init(_ first: RunRecord, _ second: RunRecord) {
    (self.first, self.second) = (first.name, second.name)
    causes = Self.causes(first, second)
    course = Course(first, second)
    let objective = first.hasSettings ? first.trial.objective : second.trial.objective
    let bests = [first, second].map { run in
      run.history.flatMap { history in history.best(of: objective).map { (history, $0.row) } }
    }
    func value(_ column: HistoryColumn, _ run: Int) -> Double? {
      guard let (history, row) = bests[run],
        let value = history.measured(column, inRow: row)?[column.place ?? 0], value.isFinite
      else { return nil }
      return value
    }
    var columns: [HistoryColumn] = []
    for history in [first, second].compactMap(\.history) {
      for column in history.columns where !columns.contains(where: { $0.name == column.name }) {
        columns.append(column)
      }
    }
    func compared(_ columns: [HistoryColumn]) -> [Value] {
      columns.map { column in
        Value(
          name: column.name, title: column.header, first: value(column, 0),
          second: value(column, 1),
          higherIsBetter: column.name == objective.metric
            ? objective.maximize : column.series.higherIsBetter)
      }.filter { $0.first != nil || $0.second != nil }
    }
    let scalars = columns.filter { $0.place == nil && !$0.series.isWallTime }
    values = compared(
      scalars.filter { $0.name == objective.metric }
        + scalars.filter { $0.name != objective.metric && $0.series.isPrincipal })
    let summary =
      columns.first {
        $0.place != nil && $0.series.axes.first?.name == SeriesAxis.classes([]).name
          && $0.series.summary == objective.metric
      }?.series.name ?? "validation.class.iou"
    let ofClasses = compared(columns.filter { $0.series.name == summary && $0.place != nil })
    classes = ofClasses.enumerated().sorted { left, right in
      let (one, other) = (abs(left.1.difference ?? 0), abs(right.1.difference ?? 0))
      return one == other ? left.0 < right.0 : one > other
    }.map(\.1)
  }

  /// True where every evaluation of the two is the same, bit by bit.
  var isEqual: Bool { course.parting == nil && course.isSameLength && course.evaluations > 0 }
}

// MARK: - Causes

extension RunDifference {
  private static func causes(_ first: RunRecord, _ second: RunRecord) -> [Cause] {
    var causes = settings(first, second)
    guard let before = first.attempts.last, let after = second.attempts.last else { return causes }
    causes += weights(first, second)
    for change in EnvironmentDifference(recorded: before, present: after).changes {
      let effect: Effect =
        switch change.kind {
        case .certain: .differs
        case .possible: .mayDiffer
        case .harmless: .none
        }
      causes.append(
        Cause(
          kind: change.isOfTheData ? .data : change.what == "build" ? .build : .environment,
          what: change.what, first: change.recorded, second: change.present, effect: effect))
    }
    if before.gitCommit != after.gitCommit {
      causes.append(
        Cause(
          kind: .build, what: "commit of the working folder", first: before.gitCommit ?? "none",
          second: after.gitCommit ?? "none", effect: .none))
    }
    // In the order of the kinds, and of one kind what certainly differs first.
    let effects: [Effect] = [.differs, .mayDiffer, .none]
    return causes.enumerated().sorted { left, right in
      func rank(_ item: (offset: Int, element: Cause)) -> (Int, Int, Int) {
        (
          Kind.allCases.firstIndex(of: item.element.kind) ?? 0,
          effects.firstIndex(of: item.element.effect) ?? 0, item.offset
        )
      }
      return rank(left) < rank(right)
    }.map(\.element)
  }

  private static func settings(_ first: RunRecord, _ second: RunRecord) -> [Cause] {
    guard first.hasSettings, second.hasSettings else {
      return [
        Cause(
          kind: .spec, what: "spec", first: first.hasSettings ? "readable" : "cannot be read",
          second: second.hasSettings ? "readable" : "cannot be read", effect: .mayDiffer)
      ]
    }
    var table = Comparison(comparing: [first, second], ofRuns: ())
    // The order that they were named in, and not that of their values.
    if table.rows.first?.runs.first != first.place { table.rows.reverse() }
    return table.columns.indices.filter { table.columns[$0].kind == .hyperparameter }.map { place in
      let texts = table.rows.map { $0.cells[place].text }
      return Cause(
        kind: .spec, what: table.columns[place].name, first: texts.first ?? "",
        second: texts.last ?? "", effect: .differs)
    }
  }

  private static func weights(_ first: RunRecord, _ second: RunRecord) -> [Cause] {
    func words(_ weights: WeightsRecord?) -> String {
      weights.map { "\($0.name) (\($0.sha256.prefix(12))), \($0.takenCount) tensors taken" }
        ?? "drawn at random"
    }
    let (before, after) = (words(first.weights), words(second.weights))
    guard before != after else { return [] }
    return [
      Cause(kind: .weights, what: "weights", first: before, second: after, effect: .differs)
    ]
  }
}

extension Comparison {
  /// A row for each of the runs, whatever they were validated on.
  fileprivate init(comparing runs: [RunRecord], ofRuns: Void) {
    var request = ComparisonRequest()
    request.grouping = .runs
    do throws(Failure) {
      try self.init(comparing: runs, request)
    } catch {
      preconditionFailure("nothing was named: \(error.message ?? "")")
    }
  }
}
