import Tracking

/// What became of the runs that were to be imported.
struct ImportReport: Encodable {
  let source: String
  let format: String
  private(set) var runs: [Run] = []

  struct Run: Encodable {
    /// As commands name it.
    let run: String
    let id: String
    /// `added`, `replaced`, `there already`
    let outcome: String
    /// Where it comes from, as it was called there.
    let from: String?
    let evaluations: Int
    let series: Int
    let leftOut: [String]
  }

  init(source: String, format: String) { (self.source, self.format) = (source, format) }

  /// - Parameter name: as commands name the run now.
  mutating func add(
    _ contents: RunContents, as name: String, _ adoption: FolderStore.Adoption
  ) {
    let trial = contents.trial
    let outcome =
      switch adoption {
      case .added: "added"
      case .replaced: "replaced"
      case .wasThere: "there already"
      }
    runs.append(
      Run(
        run: name, id: contents.id, outcome: outcome,
        from: trial.origin?.name, evaluations: contents.history?.rows.count ?? 0,
        series: contents.history?.series.count ?? 0, leftOut: trial.origin?.leftOut ?? []))
  }

  func text(style: Style = .output) -> String {
    var table = TableLayout([
      ("run", .left), ("outcome", .left), ("evaluations", .right), ("series", .right),
      ("from", .left),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    for run in runs {
      table.add([
        run.run, run.outcome, Units.count(run.evaluations), Units.count(run.series),
        run.from ?? run.id,
      ])
    }
    return table.text(style: style)
  }

  /// What is left out, said once for all runs that it is true of.
  var warnings: [String] {
    var counts: [(sentence: String, runs: Int)] = []
    for sentence in runs.flatMap(\.leftOut) {
      if let known = counts.firstIndex(where: { $0.sentence == sentence }) {
        counts[known].runs += 1
      } else {
        counts.append((sentence, 1))
      }
    }
    return counts.map { $0.runs == 1 ? $0.sentence : "\($0.sentence) (\($0.runs) runs)" }
  }
}
