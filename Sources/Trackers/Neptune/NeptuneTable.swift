internal import Foundation

/// The table of Neptune's exporter as comma-separated values: a row for each attribute of a run, and for
/// each point of a series.
///
/// The exporter writes Parquet. Neptune's service has ended, so that every such file is converted once, by one
/// line of DuckDB or pandas, and a reader of Parquet with its compression, encodings and levels would
/// be kept for that alone.
package enum NeptuneTable {
  /// What turns the exporter's files into the table.
  package static func conversion(of path: String) -> String {
    "duckdb -c \"COPY (FROM read_parquet('\(path)/**/*.parquet')) TO 'neptune.csv' (HEADER)\""
  }

  /// True for a file whose first row has the columns.
  package static func isOne(_ path: String) -> Bool {
    guard let source = try? ByteSource(path: path) else { return false }
    var reader = CSVReader(source)
    guard let header = try? reader.next() else { return false }
    return Set(header).isSuperset(of: required)
  }

  /// True for files of Parquet, and folders that hold some.
  package static func isParquet(_ path: String) -> Bool {
    if let folder = try? TrackerFolder(path) {
      return folder.filesBelow(depth: 3).contains { $0.hasSuffix(".parquet") }
    }
    guard let source = try? ByteSource(path: path) else { return false }
    return (try? source.read(4)) == Array("PAR1".utf8)
  }

  private static let required: Set = ["run_id", "attribute_path", "attribute_type"]

  package static func runs(_ path: String) throws(TrackerError) -> [TrackedRun] {
    let source = try ByteSource(path: path)
    var reader = CSVReader(source)
    guard let header = try reader.next(), Set(header).isSuperset(of: required) else {
      throw TrackerError(
        path, "it has no columns \(required.sorted().joined(separator: ", "))",
        remedy: "convert the exporter's files: \(conversion(of: "FOLDER"))")
    }
    let columns = Dictionary(zip(header, header.indices)) { first, _ in first }
    var (runs, order): ([String: NeptuneRun], [String]) = ([:], [])
    while let fields = try reader.next() {
      guard fields.count == header.count else {
        throw reader.error("it has \(fields.count) fields, and the first row \(header.count)")
      }
      func field(_ name: String) -> String { columns[name].map { fields[$0] } ?? "" }
      let project = field("project_id")
      let key = "\(project)\n\(field("run_id"))"
      if runs[key] == nil {
        runs[key] = NeptuneRun(id: field("run_id"), project: project)
        order.append(key)
        guard order.count <= mostRuns else {
          throw reader.error("there are more than \(mostRuns) runs")
        }
      }
      runs[key]?.take(field)
    }
    return order.compactMap { runs[$0]?.tracked }
  }

  private static let mostRuns = 100_000
}

/// A run while its rows are read.
private struct NeptuneRun {
  private var run: TrackedRun
  /// Single values outside `sys`, by path.
  private var values: [String: String] = [:]
  private var leftOut: [String: Int] = [:]

  init(id: String, project: String) {
    run = TrackedRun(id: id, name: id, group: project.isEmpty ? nil : project)
  }

  mutating func take(_ field: (String) -> String) {
    let path = field("attribute_path")
    switch field("attribute_type") {
    case "float_series":
      let part = path.prefix { $0 != "/" }
      guard part != "monitoring" else { return leaveOut("monitoring") }
      guard let step = Double(field("step")), let value = Self.number(field("float_value")) else {
        return leaveOut("points without a step or a value")
      }
      run.series[path, default: TrackedSeries()].points.append(.init(step: step, value: value))
    case "float": take(field("float_value"), path)
    case "int": take(field("int_value"), path)
    case "bool": take(field("bool_value"), path)
    case "datetime": take(field("datetime_value"), path)
    case "string": take(field("string_value"), path)
    case "string_set" where path == "sys/tags": run.tags = Self.words(field("string_set_value"))
    case let type: leaveOut(type.isEmpty ? "rows without a type" : "attributes of the type \(type)")
    }
  }

  private mutating func take(_ value: String, _ path: String) {
    guard path.hasPrefix("sys/") else {
      values[path] = value
      return
    }
    switch path {
    case "sys/name" where !value.isEmpty: run.name = value
    case "sys/description": run.note = value
    case "sys/failed" where value.lowercased() == "true": run.status = .failed("failed")
    case "sys/state" where value == "running": run.status = .running
    case "sys/creation_time": run.startedAt = Self.date(value)
    default: run.facts[path] = value
    }
  }

  private mutating func leaveOut(_ what: String) { leftOut[what, default: 0] += 1 }

  /// What lies in a folder of parameters is hyperparameters; where there is none, every single value is.
  var tracked: TrackedRun {
    var run = run
    let folders: Set = ["parameters", "params", "hyperparameters", "hparams", "config"]
    func folder(_ path: String) -> String { path.prefix { $0 != "/" }.lowercased() }
    let hasFolder = values.keys.contains { $0.contains("/") && folders.contains(folder($0)) }
    for (path, value) in values {
      if hasFolder, path.contains("/"), folders.contains(folder(path)) {
        run.parameters[String(path.drop { $0 != "/" }.dropFirst())] = value
      } else if hasFolder || ["source_code", "monitoring"].contains(folder(path)) {
        run.facts[path] = value
      } else {
        run.parameters[path] = value
      }
    }
    run.leftOut = leftOut.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key) are left out" }
    return run
  }

  // MARK: - Texts

  private static func number(_ text: String) -> Double? {
    if let number = Double(text) { return number }
    return ["NaN", "nan"].contains(text) ? .nan : nil
  }

  /// `[a, b]`, `['a' 'b']` or `a,b`.
  private static func words(_ text: String) -> [String] {
    let inner = text.trimmingCharacters(in: CharacterSet(charactersIn: "[] \n"))
    guard inner.contains("'") else {
      return inner.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
    return inner.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// `2024-05-01 12:30:00`, with a `T`, parts of a second and a zone or without.
  private static func date(_ text: String) -> Date? {
    let digits = text.replacing(" ", with: "T").prefix(19)
    return ISO8601DateFormatter().date(from: "\(digits)Z")
  }
}
