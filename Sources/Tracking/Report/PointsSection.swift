internal import Measurements

/// Every row of the comparison, with what stands behind its mean.
enum PointsSection {
  static func section(_ source: ReportSource) -> ReportSection {
    guard source.comparison.rows.count > 1 else {
      return ReportSection("points", "All points", .needless)
    }
    let isRuns = source.comparison.rows.allSatisfy { $0.runs.count <= 1 }
    return ReportSection(
      "points", isRuns ? "All runs" : "All points", .shown(PointsTable(source).element))
  }
}

/// The table: the comparison's columns, strips beside the objective, and the course of training.
private struct PointsTable {
  let source: ReportSource
  let figures: RowFigures
  private var comparison: Comparison { source.comparison }

  init(_ source: ReportSource) {
    self.source = source
    figures = RowFigures(source.comparison, source.charts, source.styles)
  }

  var element: HTML {
    let rows = comparison.rows.enumerated().map { row($0 + 1, $1) }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Table of all points">
      <table class="card wide" id="points-table" data-sorts data-filters>
      <thead><tr class="groups"><td></td>\(groups)</tr>
      <tr><th scope="col" class="num">#</th>\(heads)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      \(under)
      """
  }

  // MARK: - Heads

  /// Columns side by side that are of one kind, with what follows the objective of its own.
  private var groups: [HTML] {
    var groups: [(name: String, count: Int)] = []
    for column in comparison.columns {
      let name = Self.group(column.kind, comparison)
      let added = 1 + extras(after: column)
      if groups.last?.name == name {
        groups[groups.count - 1].count += added
      } else {
        groups.append((name, added))
      }
    }
    return groups.map { group in
      group.name.isEmpty
        ? "<td colspan=\"\(group.count)\"></td>"
        : "<th scope=\"colgroup\" colspan=\"\(group.count)\">\(group.name)</th>"
    }
  }

  private static func group(_ kind: Comparison.Kind, _ comparison: Comparison) -> String {
    switch kind {
    case .identity, .flag: ""
    case .hyperparameter: "varied"
    case .objective, .test: "\(comparison.objective.title) at the best epoch"
    case .metric: "other metrics, at the same epoch"
    case .progress, .fact: "course and cost"
    }
  }

  /// Strips stand behind the objective, curves before the first column of the course.
  private func extras(after column: Comparison.Column) -> Int {
    isObjective(column) || isFirstOfCourse(column) ? 1 : 0
  }

  private func isObjective(_ column: Comparison.Column) -> Bool {
    column.kind == .objective && comparison.columns.first { $0.kind == .objective } == column
  }

  private func isFirstOfCourse(_ column: Comparison.Column) -> Bool {
    column.kind == .progress && comparison.columns.first { $0.kind == .progress } == column
  }

  private var heads: [HTML] {
    comparison.columns.map { column in
      let text = column.shortHeader ?? column.header
      let spread = column.isOverSeeds && (column.kind == .objective || column.kind == .metric)
        ? " ± \(comparison.spread == .deviation ? "std" : "95 %")" : ""
      let sorted: HTML =
        isObjective(column)
        ? (comparison.objective.higherIsBetter
          ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"") : .empty
      let aligned: HTML = column.alignment == .right ? " class=\"num\"" : .empty
      let name: HTML =
        "<th scope=\"col\" title=\"\(column.header)\"\(aligned)\(sorted)>\(text)\(spread)</th>"
      if isObjective(column) {
        return "\(name)<th scope=\"col\" class=\"drawn\" data-fixed>\(figures.head)</th>"
      }
      if isFirstOfCourse(column) { return "<th scope=\"col\" data-fixed>curve</th>\(name)" }
      return name
    }
  }

  // MARK: - Rows

  private func row(_ number: Int, _ row: Comparison.Row) -> HTML {
    let cells = zip(comparison.columns, row.cells).enumerated().map { place, entry -> HTML in
      let (column, cell) = entry
      let element = self.cell(column, cell, row, isFirstSetting: place == firstSetting)
      if isObjective(column) { return "\(element)<td class=\"drawn\">\(figures.strip(row))</td>" }
      if isFirstOfCourse(column) { return "<td class=\"drawn\">\(figures.course(row))</td>\(element)" }
      return element
    }
    let first: HTML = row.isBest ? " class=\"first\"" : .empty
    return """
      <tr\(first) data-key="\(RunKeys.text(row.runs.map(\.id)))">\
      <td class="num rank" data-value="\(number)">\(number)</td>\(cells)</tr>

      """
  }

  private var firstSetting: Int? { comparison.columns.firstIndex { $0.kind == .hyperparameter } }

  private func cell(
    _ column: Comparison.Column, _ cell: Comparison.Cell, _ row: Comparison.Row,
    isFirstSetting: Bool
  ) -> HTML {
    if column.kind == .flag {
      let chips = row.flags.map { flag -> HTML in
        let style: HTML = row.isBest && flag.word.contains("best") ? " best" : flag.isBad ? " bad" : " near"
        return "<span class=\"chip\(style)\">\(flag.word)</span>"
      }
      return "<td class=\"flags\">\(chips)</td>"
    }
    let right: HTML = column.alignment == .right ? "num" : .empty
    let main: HTML = column.kind == .objective ? " main" : .empty
    let value: HTML = cell.number.map { " data-value=\"\($0)\"" } ?? .empty
    let mark = isFirstSetting ? source.styles.inlineSwatch(row.runs) : .empty
    return "<td class=\"\(right)\(main)\"\(value)>\(mark)\(Self.content(cell))</td>"
  }

  private static func content(_ cell: Comparison.Cell) -> HTML {
    if cell.isMissing { return "<span class=\"soft\">\(cell.text)</span>" }
    let parts = cell.text.components(separatedBy: " ± ")
    guard parts.count == 2 else { return "\(cell.text)" }
    return "\(parts[0])<span class=\"spread\"> ± \(parts[1])</span>"
  }

  private var under: HTML {
    let equal = comparison.equalColumns
    let left = equal > 0 ? " \(equal) columns that are equal in every row are left out." : ""
    return """
      <p class="small under">Strip: marks are single \(comparison.replicates), the tick is their mean, the bar \
      Student’s 95 % interval of the mean, cut at the edges; the dotted line is the best mean.\(left)</p>

      """
  }
}

extension Comparison.Flag {
  /// True where it tells of something that went wrong.
  fileprivate var isBad: Bool {
    ["diverged", "failed", "damaged", "memory", "killed", "lost"].contains { word.contains($0) }
  }
}

extension Comparison.Cell {
  /// What rows are sorted by, with every digit.
  fileprivate var number: String? {
    switch value {
    case .integer(let number): "\(number)"
    case .number(let number): number.isFinite ? "\(number)" : nil
    case .measured(let values): values.summary.map { "\($0.mean)" }
    case .absent: ""
    case .text, .boolean: nil
    }
  }
}
