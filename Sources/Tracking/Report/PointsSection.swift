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

/// The table: what varies, the objective with its strip and tests, the course, and words on the row; other
/// metrics come last, where a narrow screen has to be moved.
private struct PointsTable {
  private let source: ReportSource
  private let figures: RowFigures
  private let columns: [PointsColumn]
  private var comparison: Comparison { source.comparison }

  init(_ source: ReportSource) {
    self.source = source
    figures = RowFigures(source.comparison, source.charts, source.styles)
    columns = PointsColumn.all(of: source.comparison)
  }

  var element: HTML {
    let rows = comparison.rows.enumerated().map { row($0 + 1, $1) }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Table of all points">
      <table class="card wide" id="points-table" data-sorts data-filters>
      <thead><tr class="groups"><td></td>\(groups)</tr>
      <tr><th scope="col" class="num">#</th>\(columns.map(head))</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      \(under)
      """
  }

  // MARK: - Heads

  /// Columns side by side that belong together.
  private var groups: [HTML] {
    var groups: [(name: String, count: Int)] = []
    for column in columns {
      let name = column.group(comparison.objective)
      if groups.last?.name == name {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((name, 1))
      }
    }
    return groups.map { group in
      group.name.isEmpty
        ? "<td colspan=\"\(group.count)\"></td>"
        : "<th scope=\"colgroup\" colspan=\"\(group.count)\">\(group.name)</th>"
    }
  }

  private func head(_ column: PointsColumn) -> HTML {
    switch column {
    case .strip: return "<th scope=\"col\" class=\"drawn\" data-fixed>\(figures.head)</th>"
    case .course: return "<th scope=\"col\" data-fixed>curve</th>"
    case .words: return "<th scope=\"col\" data-fixed aria-label=\"words\"></th>"
    case .difference: return "<th scope=\"col\" class=\"num\">to \(baseline)</th>"
    case .value(_, let column):
      let isMeasured = column.kind == .objective || column.kind == .metric
      let spread =
        column.isOverSeeds && isMeasured
        ? " ± \(comparison.spread == .deviation ? "std" : "95 %")" : ""
      let aligned: HTML = column.alignment == .right ? " class=\"num\"" : .empty
      let name =
        column.kind == .objective && !spread.isEmpty ? "mean" : column.shortHeader ?? column.header
      return """
        <th scope="col" title="\(column.header)"\(aligned)\(sorted(column))>\(name)\(spread)</th>
        """
    }
  }

  /// How the rows stand in the beginning.
  private func sorted(_ column: Comparison.Column) -> HTML {
    guard column.kind == .objective else { return .empty }
    return comparison.objective.higherIsBetter
      ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\""
  }

  private var baseline: String {
    comparison.baseline?.isChosen == true ? "the baseline" : "the best"
  }

  // MARK: - Rows

  private func row(_ number: Int, _ row: Comparison.Row) -> HTML {
    let first: HTML = row.isBest ? " class=\"first\"" : .empty
    let setting = columns.firstIndex { $0.isSetting }
    let cells = columns.enumerated().map { place, column in
      cell(column, row, mark: place == setting ? source.styles.swatch(of: row.runs) : .empty)
    }
    let names = row.runs.map(\.shownName).joined(separator: ", ")
    return """
      <tr\(first) data-key="\(RunKeys.text(row.runs.map(\.id)))">\
      <td class="num rank" data-value="\(number)" title="\(names)">\(number)</td>\(cells)</tr>

      """
  }

  private func cell(_ column: PointsColumn, _ row: Comparison.Row, mark: HTML) -> HTML {
    switch column {
    case .strip: return "<td class=\"drawn\">\(figures.strip(row))</td>"
    case .course: return "<td class=\"drawn\">\(figures.course(row))</td>"
    case .words: return "<td class=\"flags\">\(words(row))</td>"
    case .difference: return difference(row)
    case .value(let place, let column):
      let cell = row.cells[place]
      let right: HTML = column.alignment == .right ? "num" : .empty
      let main: HTML = column.kind == .objective ? " main" : .empty
      let value: HTML = cell.number.map { " data-value=\"\($0)\"" } ?? .empty
      return "<td class=\"\(right)\(main)\"\(value)>\(mark)\(Self.content(cell))</td>"
    }
  }

  private static func content(_ cell: Comparison.Cell) -> HTML {
    if cell.isMissing { return "<span class=\"soft\">\(cell.text)</span>" }
    let parts = cell.text.components(separatedBy: " ± ")
    guard parts.count == 2 else { return "\(cell.text)" }
    return "\(parts[0])<span class=\"spread\"> ± \(parts[1])</span>"
  }

  /// With a decimal more than the values have: differences are smaller than they are.
  private func difference(_ row: Comparison.Row) -> HTML {
    guard let test = row.test else {
      return "<td class=\"num soft\" data-value=\"\">\(row.isBest ? "reference" : "—")</td>"
    }
    let deviations = comparison.rows.compactMap { $0.objective?.summary?.deviation }
    let decimals = min(6, (MeasuredNumber.columnDecimals(errors: deviations) ?? 3) + 1)
    let half = test.interval.map { interval -> HTML in
      let text = NumberText.decimals((interval.high - interval.low) / 2, decimals)
      return "<span class=\"spread\"> ± \(text)</span>"
    }
    let text = NumberText.difference(test.difference, decimals)
    return "<td class=\"num\" data-value=\"\("\(test.difference)")\">\(text)\(half ?? .empty)</td>"
  }

  private func words(_ row: Comparison.Row) -> [HTML] {
    var chips: [HTML] = []
    if row.isBest { chips.append("<span class=\"chip best\">best</span>") }
    switch row.test?.verdict {
    case .notToldApart: chips.append("<span class=\"chip near\">not told apart</span>")
    case .noStatement: chips.append("<span class=\"chip\">no statement</span>")
    case .likely: chips.append("<span class=\"chip\">likely \(direction(row))</span>")
    case .settled: chips.append("<span class=\"chip\">settled \(direction(row))</span>")
    case nil: break
    }
    let said: Set = ["best", "not told apart", "no statement", "likely", "settled", "baseline"]
    return chips
      + row.flags.filter { !said.contains($0.word) }.map { flag -> HTML in
        // Many rows say so, and an arrow is enough.
        if flag.word.hasSuffix("rising") {
          return "<span class=\"soft\" title=\"\(flag.word) at the end\">\(flag.sign)</span>"
        }
        return flag.isBad
          ? "<span class=\"chip bad\">\(flag.word)</span>"
          : "<span class=\"chip\">\(flag.word)</span>"
      }
  }

  private func direction(_ row: Comparison.Row) -> String {
    let isBetter = ((row.test?.difference ?? 0) > 0) == comparison.objective.higherIsBetter
    return isBetter ? "better" : "worse"
  }

  private var under: HTML {
    let equal = comparison.equalColumns
    let left = equal > 0 ? " \(equal) columns that are equal in every row are left out." : ""
    return """
      <p class="small under">Strip: marks are single \(comparison.replicates), the tick is their mean, the bar \
      Student’s 95 % interval of the mean, cut at the edges; the dotted line is the best mean. Differences have their 95 % interval, each for itself; the verdict \
      follows p after Holm.\(left)</p>

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
