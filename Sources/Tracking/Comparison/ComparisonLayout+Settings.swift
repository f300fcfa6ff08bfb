extension ComparisonLayout.Context {
  private typealias Cell = Comparison.Cell

  /// The settings whose values differ between the rows, all of them where the whole is asked for, and
  /// the seed where every run has a row of its own.
  func settings() -> [ComparedColumn] {
    if case .values(let values) = request.grouping {
      return values.enumerated().map { place, value in
        ComparedColumn(
          value.description, .hyperparameter, .left, importance: Importance.setting, of: rows
        ) { .text($0.answers[place]) }
      }
    }
    let equal = request.isWhole || request.kept != nil ? equalColumns : []
    let paths = (differing + equal).map(\.path)
    let columns = (differing.filter { !isOnlyAPlace($0.path) } + equal).map { column in
      ComparedColumn(
        column.path, header: Self.shortest(column.path, among: paths), .hyperparameter,
        column.cells.allSatisfy { $0.isNumeric || $0.isMissing } ? .right : .left,
        importance: Importance.setting, cells: column.cells)
    }
    return columns + replicate() + trainingData()
  }

  /// How many settings are the same in every row, and have no column.
  var equalSettings: Int {
    guard !request.isWhole, rows.count > 1, let first = rows.first(where: \.first.hasSettings)
    else { return 0 }
    return answers.settings(of: first.first).lines.count { line in
      !differing.contains { line.path == $0.path || line.path.hasPrefix($0.path + ".") }
        && !(request.kept?.fits(line.path) ?? false)
    }
  }

  private var equalColumns: [DifferingSettings.Column] {
    let lines = rows.map { row -> [String: String] in
      guard row.first.hasSettings else { return [:] }
      let lines = answers.settings(of: row.first).lines
      return Dictionary(lines.map { ($0.path, $0.text) }) { first, _ in first }
    }
    var seen: Set<String> = []
    let paths = rows.flatMap { row in
      row.first.hasSettings ? answers.settings(of: row.first).lines.map(\.path) : []
    }.filter { path in
      seen.insert(path).inserted
        && !differing.contains { path == $0.path || path.hasPrefix($0.path + ".") }
        && (request.isWhole || request.kept?.fits(path) ?? false)
    }
    return paths.map { path in
      DifferingSettings.Column(
        path: path,
        cells: lines.map { line in
          guard let text = line[path] else { return .notApplicable }
          return Double(text).map { .written(text, $0) } ?? .text(text)
        })
    }
  }

  /// Where data lies, when it is the same data.
  private func isOnlyAPlace(_ path: String) -> Bool {
    func isSame(_ content: (ComparedRun) -> String?) -> Bool {
      let contents = Set(rows.filter(\.first.hasSettings).map { content($0.first) })
      return contents.count == 1 && contents.first != .some(nil)
    }
    switch path {
    case "data.train": return isSame(\.sharedDigest)
    case "data.validation": return isSame(\.validationDigest)
    case "data.classes":
      return isSame { run in
        run.evaluations.map { _ in run.classNames.joined(separator: "\n") }
      }
    default: return false
    }
  }

  /// The end of a path that no other path ends with.
  private static func shortest(_ path: String, among paths: [String]) -> String {
    let parts = path.split(separator: ".")
    for count in 1...max(1, parts.count) {
      let end = parts.suffix(count).joined(separator: ".")
      if paths.count(where: { $0 == end || $0.hasSuffix("." + end) }) == 1 { return end }
    }
    return path
  }

  /// The seed and the fold, where every run has a row of its own.
  private func replicate() -> [ComparedColumn] {
    guard !isOverSeeds else { return [] }
    let seed = ComparedColumn("seed", .hyperparameter, importance: Importance.setting, of: rows) {
      guard $0.first.hasSettings else { return .notApplicable }
      let seed = $0.first.seed
      return Cell(Int(exactly: seed).map { .integer($0) } ?? .text("\(seed)"), text: "\(seed)")
    }
    let fold = ComparedColumn(
      TrialRecord.foldPath, header: "fold", .hyperparameter, importance: Importance.setting,
      of: rows
    ) { row in
      row.first.fold.map { fold in Int(fold).map { .integer($0) } ?? .text(fold) }
        ?? .notApplicable
    }
    let known = rows.indices.filter { rows[$0].first.hasSettings }
    return [seed, fold].filter { column in
      request.isWhole || Set(known.map { column.cells[$0] }).count > 1
    }
  }

  /// A digest of what was trained on, where it differs though seeds, folds and data to validate on
  /// do not.
  private func trainingData() -> [ComparedColumn] {
    let digests = rows.map { $0.first.hasSettings ? $0.first.sharedDigest : nil }
    guard Set(digests.compactMap { $0 }).count > 1 else { return [] }
    return [
      ComparedColumn(
        "training data", .hyperparameter, .left, importance: Importance.setting,
        cells: digests.map { $0.map { .text(String($0.prefix(8))) } ?? .notRecorded })
    ]
  }
}
