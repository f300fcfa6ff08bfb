internal import Measurements

/// Everything that values can be called, of a set of runs.
package struct RunNames: Sendable {
  /// The columns by every name that a person may write; of two columns the first has a name.
  private var columns: [String: HistoryColumn] = [:]
  private var columnNames: Set<String> = []
  /// Names of series with an axis, with the names of their elements.
  private var arrays: [String: [String]] = [:]
  /// The settings by path, with what their values are.
  private var settings: [String: Set<QueryKind>] = [:]
  private var lists: Set<[SeriesDescription]> = []

  package init() {}

  package init(_ runs: some Sequence<RunRecord>) {
    for run in runs { add(run) }
  }

  mutating func add(_ run: RunRecord) {
    if let history = run.history { add(history.series) }
    for test in run.tests { add(test.history.series) }
    if run.hasSettings { add(TrialSettings(run.trial).whole) }
  }

  mutating func add(_ series: [SeriesDescription]) {
    guard lists.insert(series).inserted else { return }
    let found = MetricHistory(series: series, tensorNames: []).columns
    columnNames.formUnion(found.map(\.name))
    // Names count before aliases, whichever comes first.
    for column in found where columns[column.name] == nil { columns[column.name] = column }
    for column in found {
      for name in column.writtenNames where columns[name] == nil { columns[name] = column }
    }
    for series in series where !series.isScalar {
      let elements =
        series.axes.count == 1
        ? series.axes[0].labels.indices.map { place in
          HistoryColumn(series, place: place).shortNames.first ?? series.elementName(place)
        } : []
      for name in series.writtenNames where arrays[name] == nil { arrays[name] = elements }
    }
  }

  mutating func add(_ spec: SettingValue) {
    let values = RunSettings(root: spec)
    for path in spec.paths() {
      let value = values.value(at: path.split(separator: ".").map(String.init))
      add(setting: path, (value?.kind).map { [$0] } ?? [])
    }
  }

  mutating func add(setting path: String, _ kinds: Set<QueryKind>) {
    settings[path, default: []].formUnion(kinds)
  }
}

extension RunNames {
  /// The series, or element of one, that is called so.
  package func column(named name: String) -> HistoryColumn? { columns[name] }

  /// The paths of the settings that the name may mean: that path, or those that end so.
  func settingPaths(named name: String) -> [String] {
    if settings[name] != nil { return [name] }
    return settings.keys.filter { $0.hasSuffix("." + name) }.sorted()
  }

  /// Makes sure that the value means something in at least one run.
  ///
  /// - Throws: ``QueryError`` with the nearest names.
  package func check(_ value: RunValue) throws(QueryError) {
    if case .at(let evaluation) = value.statistic, let series = evaluation.series {
      try checkSelection(series, evaluation, value)
    }
    let name = value.name
    if Coordinate(rawValue: name) != nil {
      guard case .at = value.statistic else {
        throw value.error("\(name) is no series", remedy: "write \(name) @ best(…)")
      }
      return
    }
    if value.isPlain, RunFact(named: name) != nil { return }
    if columns[name] != nil { return }
    let paths = settingPaths(named: name)
    guard value.isPlain else {
      if !paths.isEmpty || RunFact(named: name) != nil {
        throw value.error(
          "'\(name)' is no series: it has one value in a run", remedy: "write \(name)")
      }
      throw unknown(value)
    }
    if paths.count == 1 { return }
    if paths.count > 1 {
      throw value.error(
        "'\(name)' could be \(paths.prefix(6).joined(separator: " or "))",
        remedy: "write more of the path")
    }
    throw unknown(value)
  }

  private func checkSelection(
    _ series: String, _ evaluation: RunValue.Evaluation, _ value: RunValue
  ) throws(QueryError) {
    guard let column = columns[series] else {
      throw value.selectionError(
        "no series is called '\(series)'",
        remedy: QueryError.hint(series, among: Array(columns.keys)))
    }
    if case .best = evaluation, column.direction(nil) == nil {
      throw value.selectionError(
        "no direction of \(series) is the better one", remedy: "write max(…) or min(…)")
    }
  }

  private func unknown(_ value: RunValue) -> QueryError {
    let name = value.name
    if let elements = arrays[name] {
      let some = elements.prefix(3).joined(separator: ", ")
      return value.error(
        "'\(name)' has more than one value in an evaluation",
        remedy: some.isEmpty ? nil : "name one of them, as \(some)")
    }
    if settings.keys.contains(where: { $0.hasPrefix(name + ".") }) {
      let keys = settings.keys.filter { $0.hasPrefix(name + ".") }.sorted().prefix(3)
      return value.error(
        "'\(name)' is a section of the spec",
        remedy: "name a setting, as \(keys.joined(separator: ", "))")
    }
    return value.error(
      "nothing is called '\(name)'",
      remedy: QueryError.hint(name, among: known(value)) ?? siblings(of: name))
  }

  /// The hint for an element that a series has not got: `iou.car` for `iou.cat`.
  private func siblings(of name: String) -> String? {
    let stem = name.split(separator: ".").dropLast().joined(separator: ".") + "."
    let others = columns.keys.filter { $0.hasPrefix(stem) }.sorted()
    return stem == "." || others.isEmpty
      ? nil
      : "there is \(others.prefix(6).joined(separator: ", "))\(others.count > 6 ? ", …" : "")"
  }

  /// What could have been meant.
  private func known(_ value: RunValue) -> [String] {
    let series = Array(columns.keys) + Coordinate.allCases.map(\.rawValue)
    guard value.isPlain else { return series }
    let ends = settings.keys.compactMap { $0.split(separator: ".").last.map(String.init) }
    return Array(Set(series + RunFact.names + settings.keys + ends))
  }
}

/// What the values of a name are.
enum QueryKind: String, Sendable, Hashable {
  case number, text, list
}

extension QueryValue {
  var kind: QueryKind? {
    switch self {
    case .number: .number
    case .text: .text
    case .list: .list
    case .missing: nil
    }
  }
}

extension RunNames {
  /// What the values of a checked value can be.
  func kinds(of value: RunValue) -> Set<QueryKind> {
    if Coordinate(rawValue: value.name) != nil { return [.number] }
    if value.isPlain, let fact = RunFact(named: value.name) { return [fact.kind] }
    if columns[value.name] != nil { return [.number] }
    return settingPaths(named: value.name).first.flatMap { settings[$0] } ?? []
  }
}
