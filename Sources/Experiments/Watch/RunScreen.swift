import Foundation
import Measurements
import Tracking

/// One run: how far it is, its curves, its classes, and the end of its log.
struct RunScreen {
  let frame: WatchFrame

  private var state: WatchState { frame.state }

  func lines(_ rows: Int?) -> [String] {
    guard let point = frame.snapshot.selected(state), let run = point.run(state.seed) else {
      return ["", frame.cut("no run is selected")]
    }
    var lines = facts(run, point)
    let left = rows.map { $0 - lines.count } ?? 40
    if state.showsLog { return lines + log(left) }
    if state.showsImages { return lines + Array(frame.details.images.prefix(left)) }
    let below = left >= 16 ? min(8, left / 3) : 0
    let chartRows = min(20, left - below)
    if chartRows >= WatchChart.leastHeight { lines += charts(run, height: chartRows) }
    guard below > 1 else { return lines }
    let classes = classBars(run, rows: below)
    let logWidth = frame.width - (classes.first.map(TextWidth.of) ?? -2) - 2
    guard frame.width >= 90, !classes.isEmpty else {
      return lines + (classes.isEmpty ? log(below) : classes)
    }
    return lines + WatchFrame.beside(classes, log(below, width: logWidth))
  }

  private func facts(_ run: RunRecord, _ point: WatchPoint) -> [String] {
    var parts = [run.labels.name.map { "\(run.name) (\($0))" } ?? run.name, run.status.word]
    if point.runs.count > 1 { parts.append("seed \(run.trial.seed)") }
    if !run.tags.isEmpty { parts.append(run.tags.joined(separator: " ")) }
    let settings = point.hyperparameters.map { "\($0.path) \($0.text)" }
    var progress = ["epoch \(run.epochsProgress)"]
    if let best = run.history?.best(of: run.trial.objective),
      let series = run.history?.column(run.trial.objective.metric)?.series
    {
      progress.append("best \(series.text(of: best.value)) at epoch \(best.point.epochText)")
    }
    if run.status == .running, let left = run.secondsLeft {
      progress.append("about \(Units.duration(left)) left")
    }
    if let seconds = run.history?.seconds { progress.append(Units.duration(seconds)) }
    if let memory = frame.snapshot.system[run.id]?.peakBytes {
      progress.append("at most \(Units.bytes(memory))")
    }
    var lines = [frame.joined(parts)]
    if !settings.isEmpty { lines.append(frame.joined(settings)) }
    lines.append(frame.joined(progress))
    if case .failed(let cause) = run.status { lines.append("failed: \(cause)") }
    if let pruning = run.pruning { lines.append("\(pruning)") }
    for problem in run.damage.prefix(2) { lines.append("damaged: \(problem)") }
    return lines.map { frame.cut($0.printable) }
  }

  private func charts(_ run: RunRecord, height: Int) -> [String] {
    let columns = run.chartedColumns
    guard let history = run.history, !columns.isEmpty else {
      return [frame.cut("no evaluation yet")]
    }
    if frame.isPlain || state.showsValues { return values(run, columns, height) }
    let first = columns[((state.metric % columns.count) + columns.count) % columns.count]
    let isWide = frame.width >= 2 * WatchChart.leastWidth + 22
    let width = isWide ? (frame.width - 2) / 2 : frame.width
    func curve(_ column: HistoryColumn, _ name: String, _ series: Int) -> WatchChart.Curve {
      WatchChart.Curve(
        name: name, series: series,
        lines: [WatchChart.smoothed(run.course(column.name), by: state.smoothing.rawValue)])
    }
    let left = WatchChart(
      title: first.header, format: first.series.format, curves: [curve(first, "", 0)],
      isLogarithmic: state.isLogarithmic, width: width, height: height
    ).text(style: frame.style)
    let losses = [
      (SeriesDescription.trainingLoss.name, "training"),
      (SeriesDescription.validationLoss.name, "validation"),
    ].compactMap { name, word in history.column(name).map { ($0, word) } }
    guard isWide, let loss = losses.first else { return left }
    let right = WatchChart(
      title: "loss", format: loss.0.series.format,
      curves: losses.enumerated().map { curve($1.0, $1.1, $0 + 1) },
      isLogarithmic: state.isLogarithmic, width: width, height: height
    ).text(style: frame.style)
    return WatchFrame.beside(left, right)
  }

  private func values(_ run: RunRecord, _ columns: [HistoryColumn], _ height: Int) -> [String] {
    guard let history = run.history else { return [] }
    let shown = Array(columns.prefix(8))
    var table = TableLayout(
      [.init("epoch", .right)]
        + shown.enumerated().map { .init($1.header, .right, importance: 90 - $0) })
    for row in history.rows.suffix(max(1, height - 2)) {
      let cells = shown.map { column -> String in
        let values = history.values(of: column.name) ?? []
        let index = history.rows.firstIndex { $0.step == row.step }
        return index.map { column.series.format.text(values[$0]) } ?? ""
      }
      table.add([row.point.epochText] + cells)
    }
    return table.text(width: frame.width).split(separator: "\n").map(String.init).prefix(height)
      .map(\.self)
  }

  /// The classes at the best evaluation, the worst first.
  private func classBars(_ run: RunRecord, rows: Int) -> [String] {
    guard let history = run.history, !history.rows.isEmpty,
      let series = Self.classSeries(of: run)
    else { return [] }
    let row = history.best(of: run.trial.objective)?.row ?? history.rows.count - 1
    let entries = series.axes[0].labels.indices.compactMap { place -> (String, Double)? in
      let column = HistoryColumn(series, place: place)
      guard let value = history.values(of: column)?[row], value.isFinite else { return nil }
      return (series.axes[0].labels[place].printable, value)
    }
    let isBetterHigh = series.higherIsBetter != false
    let worst = entries.sorted { isBetterHigh ? $0.1 < $1.1 : $0.1 > $1.1 }.prefix(rows - 1)
    guard !worst.isEmpty else { return [] }
    let width = frame.width >= 90 ? frame.width / 3 : frame.width
    let name = min(16, worst.map { TextWidth.of($0.0) }.max() ?? 0)
    let bar = max(8, min(40, width - name - 10))
    let title = "\(series.title), worst classes at the best epoch"
    return [padded(title, width)]
      + worst.map { label, value in
        let cut = TextWidth.shortened(label, to: name)
        let padding = String(repeating: " ", count: name - TextWidth.of(cut) + 1)
        let text = frame.isPlain ? "" : WatchFrame.bar(value, width: bar) + " "
        return padded(cut + padding + text + series.format.text(value), width)
      }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    let cut = TextWidth.shortened(text, to: width)
    return cut + String(repeating: " ", count: max(0, width - TextWidth.of(cut)))
  }

  /// The series of classes that sums up to the objective; otherwise the first between 0 and 1.
  private static func classSeries(of run: RunRecord) -> SeriesDescription? {
    let classes = SeriesAxis.classes([]).name
    let candidates = (run.history?.series ?? []).filter {
      $0.axes.count == 1 && $0.axes[0].name == classes && $0.higherIsBetter == true
    }
    return candidates.first { $0.summary == run.trial.objective.metric } ?? candidates.first
  }

  private func log(_ rows: Int, width: Int? = nil) -> [String] {
    let lines = frame.details.log.suffix(max(0, rows - (state.showsLog ? 0 : 1)))
    let heading = state.showsLog ? [] : [frame.style.bold("log")]
    guard !lines.isEmpty else { return heading + [frame.style.dim("nothing was said")] }
    // Of a line that is too long the beginning says most.
    return heading
      + lines.map { line in
        let room = width ?? frame.width
        return TextWidth.of(line) <= room ? line : TextWidth.shortened(line, to: room)
      }
  }
}
