import Tracking

/// The labels of runs, one run a row.
struct LabelTable {
  struct Row: Encodable {
    let run: String
    let id: String
    let name: String?
    /// Those of the spec first.
    let tags: [String]
    let note: String
  }

  let rows: [Row]

  /// - Parameter runs: with their labels as they are now.
  init(_ runs: [RunRecord]) {
    rows = runs.map { run in
      Row(
        run: run.name, id: run.id, name: run.labels.name, tags: run.tags, note: run.labels.note)
    }
  }

  /// Empty columns are left out; a run without any label still has its row.
  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    var table = TableLayout([
      .init("run"), .init("name", importance: 3), .init("tags", importance: 2),
      .init("note", importance: 1, staysDistinct: false),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    for row in rows {
      let lines = row.note.split(separator: "\n")
      let note = (lines.first.map(String.init) ?? "") + (lines.count > 1 ? " …" : "")
      table.add([row.run, row.name ?? "", row.tags.joined(separator: ", "), note])
    }
    return table.text(style: style, width: width)
  }
}

/// The tags that runs have, with the number of runs that have each.
struct TagTable {
  struct Row: Encodable {
    let tag: String
    let runs: Int
  }

  let rows: [Row]

  init(_ runs: [RunRecord]) {
    let counts = Dictionary(runs.flatMap { run in run.tags.map { ($0, 1) } }, uniquingKeysWith: +)
    rows = counts.map { Row(tag: $0.key, runs: $0.value) }.sorted { $0.tag < $1.tag }
  }

  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    guard !rows.isEmpty else {
      return "no run has a tag; give one with: experiments tag RUN --add TAG"
    }
    var table = TableLayout([("tag", .left), ("runs", .right)])
    for row in rows { table.add([row.tag, Units.count(row.runs)]) }
    return table.text(style: style, width: width)
  }
}
