/// Lines and marks in braille dots between an axis of y with its ticks and one of x.
struct TextCurves {
  let panel: Panel
  let text: TextFigure

  private var rows: Int { text.width < 60 ? 10 : 14 }

  var lines: [String] {
    let ticks = placed(panel.y, atMost: max(2, rows / 3))
    let labels = ticks.map { $0.text.printable }
    let room = min(text.width / 3, labels.map(TextWidth.of).max() ?? 0)
    let columns = max(10, text.width - room - 2)
    var canvas = BrailleCanvas(columns: columns, rows: rows)
    for mark in panel.marks { draw(mark, in: &canvas) }
    var byRow: [Int: String] = [:]
    for (tick, label) in zip(ticks, labels) {
      guard let share = panel.y.scale.fraction(of: tick.value) else { continue }
      let row = Int(((1 - share) * Double(4 * rows - 1)).rounded()) / 4
      if byRow[row] == nil { byRow[row] = label }
    }
    var lines: [String] =
      panel.y.label.isEmpty
      ? [] : [TextWidth.shortened(panel.y.label.printable, to: text.width)]
    for row in 0..<rows {
      let label = TextWidth.shortened(byRow[row] ?? "", to: room)
      let padding = String(repeating: " ", count: room - TextWidth.of(label))
      let axis = byRow[row] == nil ? "│" : "┤"
      lines.append(padding + label + " " + axis + painted(row, of: canvas))
    }
    let indent = String(repeating: " ", count: room + 1)
    lines.append(indent + "└" + String(repeating: "─", count: columns))
    lines.append(indent + " " + ends(columns))
    return lines
  }

  // MARK: - Marks

  private func draw(_ mark: PlotMark, in canvas: inout BrailleCanvas) {
    switch mark {
    case .line(let line):
      var last: PlotPoint?
      for point in line.points {
        guard let place = place(point) else {
          last = nil
          continue
        }
        let start = last ?? place
        if line.course == .steps {
          let corner = PlotPoint(place.x, start.y)
          canvas.line(from: start, to: corner, series: line.stroke.ink.series)
          canvas.line(from: corner, to: place, series: line.stroke.ink.series)
        } else {
          canvas.line(from: start, to: place, series: line.stroke.ink.series)
        }
        last = place
      }
      // Colours may be missing: the number of the series stands at its end, as in the legend.
      if line.isNumbered, let last, let series = line.stroke.ink.series {
        canvas.put(SeriesNumber.character(series), at: last, series: series)
      }
    case .point(let point):
      guard let place = place(PlotPoint(point.x, point.y)) else { return }
      let characters = point.shape.characters
      canvas.put(
        point.isOpen ? characters.open : characters.filled, at: place, series: point.ink.series)
    case .rule(let rule):
      let at =
        rule.direction == .vertical
        ? place(PlotPoint(rule.value, panel.y.scale.domain.lowerBound))
        : place(PlotPoint(panel.x.scale.domain.lowerBound, rule.value))
      guard let at else { return }
      let end = rule.direction == .vertical ? PlotPoint(at.x, 1) : PlotPoint(1, at.y)
      canvas.line(from: at, to: end, series: nil)
    case .rectangle(let bar):
      drawBar(bar, in: &canvas)
    case .band, .text, .image: break
    }
  }

  /// Bars that stand on an axis are filled with lines, one beside the other.
  private func drawBar(_ bar: RectangleMark, in canvas: inout BrailleCanvas) {
    guard let low = place(PlotPoint(bar.x.lowerBound, bar.y.lowerBound)),
      let high = place(PlotPoint(bar.x.upperBound, bar.y.upperBound))
    else { return }
    let steps = max(1, Int((high.x - low.x) * Double(2 * canvas.columns)))
    for step in 0...steps {
      let x = low.x + (high.x - low.x) * Double(step) / Double(steps)
      canvas.line(
        from: PlotPoint(x, low.y), to: PlotPoint(x, high.y), series: bar.ink.series)
    }
  }

  private func place(_ point: PlotPoint) -> PlotPoint? {
    guard let x = panel.x.scale.fraction(of: point.x), let y = panel.y.scale.fraction(of: point.y)
    else { return nil }
    return PlotPoint(x, y)
  }

  private func painted(_ row: Int, of canvas: BrailleCanvas) -> String {
    var line = ""
    var (run, owner): (String, Int?) = ("", nil)
    func flush() {
      line += owner.map { text.paint(run, $0) } ?? run
      run = ""
    }
    for column in 0..<canvas.columns {
      let character = canvas.character(row: row, column: column)
      let next = character == " " ? owner : canvas.owner(row: row, column: column)
      if next != owner {
        flush()
        owner = next
      }
      run.append(character)
    }
    let blanks = run.reversed().prefix { $0 == " " }.count
    run.removeLast(blanks)
    flush()
    return line
  }

  // MARK: - Axes

  private func placed(_ axis: Axis, atMost count: Int) -> [Tick] {
    (axis.ticks ?? axis.scale.ticks(atMost: count)).filter { tick in
      axis.scale.fraction(of: tick.value).map { (-0.001...1.001).contains($0) } ?? false
    }
  }

  /// Ticks of x where they have room, and the label at the right.
  private func ends(_ columns: Int) -> String {
    var line = Array(repeating: Character(" "), count: columns)
    let label = panel.x.label.printable
    let labelRoom = label.isEmpty || TextWidth.of(label) > columns / 2 ? 0 : TextWidth.of(label) + 2
    var end = -1
    for tick in placed(panel.x, atMost: max(2, columns / 14)) {
      guard let share = panel.x.scale.fraction(of: tick.value) else { continue }
      let characters = Array(tick.text.printable)
      let middle = Int(share * Double(columns - 1))
      let start = min(max(0, middle - characters.count / 2), columns - characters.count)
      guard start > end, start >= 0, start + characters.count <= columns - labelRoom else {
        continue
      }
      for (offset, character) in characters.enumerated() { line[start + offset] = character }
      end = start + characters.count
    }
    if labelRoom > 0 {
      let characters = Array(label)
      for (offset, character) in characters.enumerated()
      where columns - characters.count + offset >= 0 {
        line[columns - characters.count + offset] = character
      }
    }
    return String(String(line).reversed().drop { $0 == " " }.reversed())
  }
}
