import Foundation
import Measurements
import Tracking

/// Curves over epochs in braille dots, each line of exactly so many columns.
struct WatchChart {
  /// One series of the chart: a line, several, or their mean within a band.
  struct Curve {
    let name: String
    /// Decides colour and mark.
    let series: Int
    let lines: [[(x: Double, y: Double)]]
    var isBand = false
  }

  let title: String
  let format: ValueFormat
  /// Those drawn last lie above the others.
  let curves: [Curve]
  var isLogarithmic = false
  let width: Int
  /// Of all lines: the title, the curves, the axis of epochs.
  let height: Int

  static let leastWidth = 24
  static let leastHeight = 6
  static let marks: [Character] = ["●", "■", "▲", "◆"]

  func text(style: Style) -> [String] {
    var lines = [heading(style)]
    let rows = height - 2
    guard rows > 0, let range = ranges else {
      let note = pad("no values yet")
      return lines + [note]
        + Array(repeating: pad(""), count: max(0, height - 2))
    }
    let ticks = [range.y.upperBound, middle(range.y), range.y.lowerBound].map(label)
    let room = min(width / 3, ticks.map(TextWidth.of).max() ?? 0)
    let columns = max(4, width - room - 1)
    var canvas = BrailleCanvas(columns: columns, rows: rows)
    for curve in curves where curve.isBand { drawBand(curve, range, &canvas) }
    for curve in curves { draw(curve, range, &canvas) }
    for row in 0..<rows {
      let tick = row == 0 ? ticks[0] : row == rows - 1 ? ticks[2] : row == rows / 2 ? ticks[1] : ""
      let cut = TextWidth.shortened(tick, to: room)
      let axis = tick.isEmpty ? "│" : "┤"
      lines.append(
        String(repeating: " ", count: room - TextWidth.of(cut)) + cut + axis
          + painted(row, canvas, style))
    }
    let ends = (
      EvaluationPoint.epochText(range.x.lowerBound), EvaluationPoint.epochText(range.x.upperBound)
    )
    let left = String(repeating: " ", count: room) + "└ epoch " + ends.0
    let gap = max(1, width - TextWidth.of(left) - TextWidth.of(ends.1))
    lines.append(pad(left + String(repeating: " ", count: gap) + ends.1))
    return lines
  }

  /// The title, and in the colour of each curve its mark, last value and name.
  private func heading(_ style: Style) -> String {
    let log = isLogarithmic ? " (log)" : ""
    var text = TextWidth.shortened(title.printable + log, to: width)
    var used = TextWidth.of(text)
    text = style.bold(text)
    for curve in curves {
      let last = curve.lines.compactMap { $0.last { $0.y.isFinite }?.y }
      let mean = last.isEmpty ? "" : " " + format.text(last.reduce(0, +) / Double(last.count))
      let mark = String(Self.marks[curve.series % Self.marks.count])
      let words =
        mark + mean + (curves.count > 1 || !curve.name.isEmpty ? " \(curve.name.printable)" : "")
      let cut = TextWidth.shortened(words, to: min(24, max(0, width - used - 2)))
      guard TextWidth.of(cut) > 3 else { break }
      text += "  " + style.series(cut, curve.series)
      used += 2 + TextWidth.of(cut)
    }
    return text + String(repeating: " ", count: max(0, width - used))
  }

  private func painted(_ row: Int, _ canvas: BrailleCanvas, _ style: Style) -> String {
    var (text, run, owner) = ("", "", Int?.none)
    func flush() {
      text += owner.map { style.series(run, $0) } ?? run
      run = ""
    }
    for column in 0..<canvas.columns {
      let next = canvas.owner(row: row, column: column)
      if next != owner {
        flush()
        owner = next
      }
      run.append(canvas.character(row: row, column: column))
    }
    flush()
    return text
  }

  private func draw(
    _ curve: Curve, _ range: (x: ClosedRange<Double>, y: ClosedRange<Double>),
    _ canvas: inout BrailleCanvas
  ) {
    let lines = curve.isBand ? [Self.means(of: curve.lines)] : curve.lines
    for line in lines {
      var last: PlotPoint?
      for point in line {
        // A value that is none is a gap.
        guard let place = place(point, range) else {
          last = nil
          continue
        }
        canvas.line(from: last ?? place, to: place, series: curve.series)
        last = place
      }
    }
  }

  /// Every second dot between the lowest and the highest of the curve's lines.
  private func drawBand(
    _ curve: Curve, _ range: (x: ClosedRange<Double>, y: ClosedRange<Double>),
    _ canvas: inout BrailleCanvas
  ) {
    let dots = 4 * canvas.rows
    for (x, values) in Self.grouped(curve.lines) where values.count > 1 {
      guard let low = place((x, values.min() ?? .nan), range),
        let high = place((x, values.max() ?? .nan), range)
      else { continue }
      for dot in stride(from: Int(low.y * Double(dots)), through: Int(high.y * Double(dots)), by: 2)
      {
        let point = PlotPoint(low.x, Double(dot) / Double(dots))
        canvas.line(from: point, to: point, series: curve.series)
      }
    }
  }

  static func means(of lines: [[(x: Double, y: Double)]]) -> [(x: Double, y: Double)] {
    grouped(lines).map { ($0.x, $0.values.reduce(0, +) / Double($0.values.count)) }
  }

  /// The finite values at each epoch, by epoch.
  private static func grouped(
    _ lines: [[(x: Double, y: Double)]]
  ) -> [(x: Double, values: [Double])] {
    var values: [Double: [Double]] = [:]
    for point in lines.joined() where point.y.isFinite {
      values[point.x, default: []].append(point.y)
    }
    return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// `nil` where no two values differ in their epoch and none can be shown.
  private var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>)? {
    let points = curves.flatMap(\.lines).joined().filter {
      $0.y.isFinite && (!isLogarithmic || $0.y > 0)
    }
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let low = points.map(\.y).min(), let high = points.map(\.y).max()
    else { return nil }
    let spread = high > low ? 0 : max(abs(high), 1) * 0.05
    return (left...max(right, left + 1e-9), (low - spread)...(high + spread))
  }

  private func scaled(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if isLogarithmic { return value > 0 ? Foundation.log(value) : nil }
    return value
  }

  private func place(
    _ point: (x: Double, y: Double), _ range: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  ) -> PlotPoint? {
    let floor = isLogarithmic ? max(range.y.lowerBound, .leastNormalMagnitude) : range.y.lowerBound
    guard let y = scaled(point.y), let low = scaled(floor), let high = scaled(range.y.upperBound),
      high > low
    else { return nil }
    let x = (point.x - range.x.lowerBound) / (range.x.upperBound - range.x.lowerBound)
    return PlotPoint(x, (y - low) / (high - low))
  }

  private func middle(_ range: ClosedRange<Double>) -> Double {
    isLogarithmic && range.lowerBound > 0
      ? (range.lowerBound * range.upperBound).squareRoot()
      : (range.lowerBound + range.upperBound) / 2
  }

  private func label(_ value: Double) -> String { format.text(value) }

  private func pad(_ text: String) -> String {
    let cut = TextWidth.shortened(text, to: width)
    return cut + String(repeating: " ", count: width - TextWidth.of(cut))
  }

  /// An exponential mean that begins with the first value.
  static func smoothed(
    _ points: [(x: Double, y: Double)], by weight: Double
  ) -> [(x: Double, y: Double)] {
    guard weight > 0 else { return points }
    var (sum, norm) = (0.0, 0.0)
    return points.map { point in
      guard point.y.isFinite else { return point }
      sum = weight * sum + (1 - weight) * point.y
      norm = weight * norm + (1 - weight)
      return (point.x, sum / norm)
    }
  }
}
