import Foundation
import Measurements
import Tracking

/// The points of a sweep as a table, and the curves of those that are selected and marked.
struct SweepScreen {
  let frame: WatchFrame

  private var state: WatchState { frame.state }
  private var snapshot: WatchSnapshot { frame.snapshot }

  /// - Parameter rows: how many there are; `nil` for any number.
  func lines(_ rows: Int?) -> [String] {
    let points = snapshot.shown(state)
    guard !points.isEmpty else {
      return [
        "", frame.cut(state.filter.isEmpty ? "no run is selected" : "no run has these words"),
      ]
    }
    let chartRows = rows.map { $0 >= 16 ? min(16, $0 * 9 / 20) : $0 >= 12 ? 6 : 0 } ?? 12
    let table = table(points)
    let tableRows = rows.map { $0 - chartRows }
    var lines = window(table, points, tableRows)
    if let tableRows {
      lines += Array(repeating: "", count: max(0, tableRows - lines.count))
    }
    guard chartRows >= WatchChart.leastHeight else { return lines }
    return lines + charts(height: chartRows)
  }

  /// The whole table.
  var tableLines: [String] {
    let points = snapshot.shown(state)
    return points.isEmpty ? [] : window(table(points), points, nil)
  }

  // MARK: - The table

  private func table(_ points: [WatchPoint]) -> (heading: String, rows: [String], notes: [String]) {
    let paths = orderedPaths(points)
    let metric = points.first?.objective?.metric ?? ""
    let short = metric.split(separator: ".").last.map(String.init) ?? "best"
    var columns: [TableLayout.Column] = [
      .init("", shortens: false), .init("run", importance: .max, shortens: false),
    ]
    columns += paths.enumerated().map { index, path in
      .init(
        String(path.split(separator: ".").last ?? ""), importance: 70 - min(index, 20),
        staysDistinct: false)
    }
    columns += [
      .init(short, .right, importance: .max), .init("n", .right, importance: 30),
      .init("runs", importance: 60, shortens: false),
      .init("course", importance: 20, shortens: false),
      .init("epochs", .right, importance: 40), .init("left", .right, importance: 35),
      .init("time", .right, importance: 10), .init("tags", importance: 5, staysDistinct: false),
    ]
    var table = TableLayout(columns)
    table.remedy = "widen the terminal"
    for point in points {
      let settings = Dictionary(
        point.hyperparameters.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
      let running = point.runs.filter { $0.status == .running }
      let left = running.compactMap(\.secondsLeft).max()
      let shown = running.first ?? point.runs.first { $0.history != nil } ?? point.runs[0]
      table.add(
        [marker(point), name(of: point)] + paths.map { settings[$0] ?? frameDash }
          + [
            bestText(point), point.runs.count > 1 ? "\(point.bests.count)" : "", strip(point),
            course(point), shown.epochsProgress, left.map(Units.duration) ?? "",
            point.seconds > 0 ? Units.duration(point.seconds) : "",
            tags(point).joined(separator: " "),
          ])
    }
    let text = table.text(width: frame.width).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map(String.init)
    let rows = Array(text.dropFirst().prefix(points.count))
    return (text.first ?? "", rows, Array(text.dropFirst(1 + points.count)).filter { !$0.isEmpty })
  }

  private var frameDash: String { frame.isPlain ? "-" : "—" }

  /// The paths that differ, in the order of the spec; all of them where nothing does.
  private func orderedPaths(_ points: [WatchPoint]) -> [String] {
    var paths: [String] = []
    for point in points {
      for parameter in point.hyperparameters where !paths.contains(parameter.path) {
        paths.append(parameter.path)
      }
    }
    return paths
  }

  private func name(of point: WatchPoint) -> String {
    let numbers = point.runs.map(\.number)
    guard let run = point.runs.first, let last = numbers.max(), let first = numbers.min() else {
      return ""
    }
    let prefix = snapshot.isSeveralExperiments ? "\(run.experiment)/" : ""
    if run.isSuperseded { return run.name }
    return prefix + (point.runs.count == 1 ? "\(first)" : "\(first)-\(last)")
  }

  private func marker(_ point: WatchPoint) -> String {
    let isSelected = point.key == snapshot.selected(state)?.key
    let pointer = isSelected ? (frame.isPlain ? ">" : "▸") : " "
    guard let place = state.marks.firstIndex(of: point.key) else { return pointer + " " }
    return pointer + (frame.isPlain ? "*" : String(WatchChart.marks[(place + 1) % 4]))
  }

  private func strip(_ point: WatchPoint) -> String {
    guard frame.isPlain else { return point.strip }
    let counts = Dictionary(point.runs.map { ($0.status.word, 1) }, uniquingKeysWith: +)
    return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  /// `0.567 ± 0.007`
  private func bestText(_ point: WatchPoint) -> String {
    guard let mean = point.meanBest, let run = point.runs.first(where: { $0.history != nil }),
      let format = run.history?.column(run.trial.objective.metric)?.series.format
    else { return frame.isPlain ? "" : "…" }
    let bests = point.bests
    guard bests.count > 1 else { return format.text(mean) }
    let variance = bests.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(bests.count - 1)
    return format.text(mean) + (frame.isPlain ? " +- " : " ± ")
      + format.text(variance.squareRoot())
  }

  private func course(_ point: WatchPoint) -> String {
    guard !frame.isPlain, let objective = point.objective else { return "" }
    let means = WatchChart.means(of: point.runs.map { $0.course(objective.metric) })
    return Sparkline.text(
      means.map(\.y), width: 12, bucket: objective.maximize ? .maximum : .mean)
  }

  private func tags(_ point: WatchPoint) -> [String] {
    var tags: [String] = []
    for tag in point.runs.flatMap(\.labels.tags) where !tags.contains(tag) { tags.append(tag) }
    return tags
  }

  /// The heading, as many rows around the selected one as there is room for, and the notes.
  private func window(
    _ table: (heading: String, rows: [String], notes: [String]), _ points: [WatchPoint],
    _ room: Int?
  ) -> [String] {
    let notes = table.notes.prefix(room.map { max(0, min(2, $0 - 4)) } ?? 4).map {
      frame.style.dim($0)
    }
    let heading = frame.style.bold(table.heading)
    let key = snapshot.selected(state)?.key
    let selected = points.firstIndex { $0.key == key } ?? 0
    var shown = table.rows.indices.map { index in
      index == selected ? frame.style.reverse(table.rows[index]) : table.rows[index]
    }
    if let room {
      let count = max(1, room - 1 - notes.count)
      let start = max(0, min(selected - count / 2, shown.count - count))
      shown = Array(shown[start..<min(shown.count, start + count)])
    }
    return [heading] + shown + notes
  }

  // MARK: - The charts

  /// The objective, or what a person has chosen, and beside it the losses, where there is room.
  private func charts(height: Int) -> [String] {
    let chosen = chartedPoints
    guard let run = chosen.last?.point.runs.first(where: { $0.history != nil }) else {
      return [frame.cut("no evaluation yet")]
    }
    let columns = run.chartedColumns
    guard !columns.isEmpty else { return [frame.cut("nothing was measured yet")] }
    let first = columns[((state.metric % columns.count) + columns.count) % columns.count]
    let losses = columns.filter { $0.name.hasSuffix("loss") && $0 != first }
    let second = losses.first { $0.name == SeriesDescription.validationLoss.name } ?? losses.first
    let isWide = frame.width >= 2 * WatchChart.leastWidth + 22 && second != nil
    let width = isWide ? (frame.width - 2) / 2 : frame.width
    if frame.isPlain || state.showsValues {
      return values(of: [first, second].compactMap(\.self), chosen, height)
    }
    let left = chart(of: first, chosen, width, height).text(style: frame.style)
    guard isWide, let second else { return left }
    return WatchFrame.beside(
      left, chart(of: second, chosen, width, height).text(style: frame.style))
  }

  /// The marked points, and last the selected one, which is drawn above them.
  private var chartedPoints: [(point: WatchPoint, series: Int)] {
    let selected = snapshot.selected(state)
    let marked = state.marks.enumerated().compactMap { index, key in
      snapshot.points.first { $0.key == key && key != selected?.key }.map { ($0, index + 1) }
    }
    return marked + [selected].compactMap(\.self).map { ($0, 0) }
  }

  private func chart(
    of column: HistoryColumn, _ chosen: [(point: WatchPoint, series: Int)], _ width: Int,
    _ height: Int
  ) -> WatchChart {
    let curves = chosen.map { point, series in
      WatchChart.Curve(
        name: chosen.count > 1 ? point.label : "", series: series,
        lines: point.runs.map {
          WatchChart.smoothed($0.course(column.name), by: state.smoothing.rawValue)
        },
        isBand: state.showsBand && point.runs.count > 1)
    }
    return WatchChart(
      title: column.header, format: column.series.format, curves: curves,
      isLogarithmic: state.isLogarithmic, width: width, height: height)
  }

  /// The same in numbers: the last evaluations of each.
  private func values(
    of columns: [HistoryColumn], _ chosen: [(point: WatchPoint, series: Int)], _ height: Int
  ) -> [String] {
    var table = TableLayout(
      [.init("point", importance: .max), .init("metric", importance: 90)]
        + ["first", "best", "last"].map { .init($0, .right, importance: 50) })
    for (point, _) in chosen.reversed() {
      for column in columns {
        let course = WatchChart.means(of: point.runs.map { $0.course(column.name) })
        guard let first = course.first, let last = course.last else { continue }
        let values = course.map(\.y)
        let best = column.series.higherIsBetter == true ? values.max() : values.min()
        table.add(
          [point.label, column.header]
            + [first.y, best ?? .nan, last.y].map(column.series.format.text))
      }
    }
    return table.text(width: frame.width).split(separator: "\n").map(String.init).prefix(height)
      .map(\.self)
  }
}
