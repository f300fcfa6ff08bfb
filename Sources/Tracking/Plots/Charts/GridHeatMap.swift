/// Two parameters of a full grid: a cell for each pair of levels.
package struct GridHeatMap: Chart {
  package let name = "grid"
  package let about = "two swept parameters in rows and columns: mean and spread in each cell"

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let title = "\(input.value.header) by the two parameters that matter most"
    let (parameters, others) = chosen(points)
    guard parameters.count == 2 else {
      return Figure(
        title: title,
        absence: "A grid needs two parameters with several values each; these runs differ in "
          + (points.parameters.isEmpty
            ? "none." : points.parameters.map(\.name).joined(separator: ", ") + "."))
    }
    let cells = self.cells(parameters, points)
    let means = cells.compactMap { $0.statistics?.mean }
    guard let least = means.min(), let greatest = means.max() else {
      return Figure(title: title, absence: "No run has a value of \(input.value.name) yet.")
    }
    let (rows, columns) = (parameters[0], parameters[1])
    let marks = cells.map { cell in
      mark(cell, least...greatest, input.higherIsBetter, points.decimals)
    }
    let lost = cells.contains { $0.lost > 0 }
    return Figure(
      title: "\(input.value.header) by \(rows.name) and \(columns.name)",
      description:
        "\(rows.levels.count) rows for \(rows.name), \(columns.levels.count) columns for \(columns.name); "
        + "\(input.value.header) from \(NumberText.decimals(least, points.decimals)) to "
        + "\(NumberText.decimals(greatest, points.decimals)).",
      caption: "Mean ± std over the seeds of each cell"
        + (others.isEmpty
          ? "." : ", and over \(others.map(\.name).joined(separator: " and ")).")
        + " The scale is cividis, which reads without colour vision and in grey: "
        + (!input.higherIsBetter ? "the lightest is the least." : "the lightest is the most.")
        + (lost ? " \"lost\" marks a cell of which runs did not finish." : ""),
      width: min(900, 190 + 130 * Double(columns.levels.count)),
      rows: [
        Figure.Row(
          height: 48 * Double(rows.levels.count),
          [
            Panel(
              x: Axis(columns.name, .band(columns.levels.map(\.text)), isOpposite: true),
              y: Axis(rows.name, .band(rows.levels.map(\.text))), marks: marks)
          ])
      ],
      table: FigureTable(
        columns: [rows.name, columns.name, "mean", "std", "n"],
        rows: cells.map { cell in
          [
            .text(rows.levels[cell.row].text), .text(columns.levels[cell.column].text),
            cell.statistics.map { .value($0.mean) } ?? .missing,
            cell.statistics?.deviation.map { .value($0) } ?? .missing,
            .count(cell.statistics?.count ?? 0),
          ]
        }))
  }

  private struct Cell {
    let row: Int
    let column: Int
    let statistics: SampleSummary?
    let lost: Int
    let key: String
  }

  /// The most important one with few levels along x, where its name is written level by level.
  private func chosen(_ points: ChartPoints) -> ([ChartParameter], [ChartParameter]) {
    let ordered = points.parametersByImportance.filter { $0.levels.count > 1 }
    let pair = Array(ordered.prefix(2)).sorted { !$0.isNumeric && $1.isNumeric }
    let rest = points.parameters.filter { parameter in !pair.contains { $0.path == parameter.path }
    }
    return (pair, rest)
  }

  private func cells(_ parameters: [ChartParameter], _ points: ChartPoints) -> [Cell] {
    let (rows, columns) = (parameters[0], parameters[1])
    return rows.levels.indices.flatMap { row in
      columns.levels.indices.map { column in
        let inside = points.points.filter {
          rows.level(of: $0.index) == row && columns.level(of: $0.index) == column
        }
        return Cell(
          row: row, column: column,
          statistics: SampleSummary(inside.flatMap { points.values(of: $0) }),
          lost: inside.flatMap(\.runs).count { $0.status != .finished },
          key: inside.map(\.key).joined(separator: " "))
      }
    }
  }

  private func mark(
    _ cell: Cell, _ range: ClosedRange<Double>, _ higher: Bool, _ decimals: Int
  ) -> PlotMark {
    let (x, y) = (Double(cell.column), Double(cell.row))
    let place = (x - 0.5...x + 0.5, y - 0.5...y + 0.5)
    guard let statistics = cell.statistics else {
      return .rectangle(
        RectangleMark(
          x: place.0, y: place.1, .cell, inset: 1, lines: ["–"], textInk: .muted, key: cell.key))
    }
    let extent = range.upperBound - range.lowerBound
    let share = extent > 0 ? (statistics.mean - range.lowerBound) / extent : 0.5
    let colour = SequentialColours.cividis(higher ? share : 1 - share)
    var lines = [NumberText.decimals(statistics.mean, decimals)]
    let spread = statistics.deviation.map { "± \(NumberText.decimals($0, decimals))" }
    let second = [spread, cell.lost > 0 ? "\(cell.lost) lost" : nil].compactMap { $0 }
    if !second.isEmpty { lines.append(second.joined(separator: ", ")) }
    return .rectangle(
      RectangleMark(
        x: place.0, y: place.1, .colour(colour), inset: 1, lines: lines,
        textInk: SequentialColours.ink(on: colour), shade: share, key: cell.key))
  }
}
