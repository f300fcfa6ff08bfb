/// A line for each name: bars in eighths of a character, or marks along a line.
struct TextBars {
  let panel: Panel
  let names: [String]
  let text: TextFigure

  private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  var lines: [String] {
    let ticks = panel.y.ticks?.map(\.text) ?? names
    let widest = ticks.map { TextWidth.of($0.printable) }.max() ?? 0
    let room = min(widest, max(8, text.width / 3))
    let values = panel.marks.compactMap(word)
    let valueRoom = min(text.width / 3, values.map { TextWidth.of($0.text) + 1 }.max() ?? 0)
    let columns = max(8, text.width - room - 2 - valueRoom)
    var lines: [String] =
      panel.x.label.isEmpty
      ? [] : [TextWidth.shortened(panel.x.label.printable, to: text.width)]
    for (index, name) in ticks.enumerated() {
      let label = TextWidth.shortened(name.printable, to: room)
      let padding = String(repeating: " ", count: room - TextWidth.of(label))
      let drawn = cells(of: index, columns)
      let value = values.filter { $0.row == index }.map(\.text).joined(separator: " ")
      let line = label + padding + " │" + drawn + (value.isEmpty ? "" : " " + value)
      lines.append(line.trimmed)
    }
    guard panel.x.isShown else { return lines }
    return lines + [String(repeating: " ", count: room + 2) + scaleLine(columns)]
  }

  private func row(_ y: ClosedRange<Double>) -> Int {
    Int(((y.lowerBound + y.upperBound) / 2).rounded())
  }

  private func word(_ mark: PlotMark) -> (row: Int, text: String)? {
    guard case .text(let word) = mark else { return nil }
    return (Int(word.y.rounded()), word.text.printable)
  }

  private func cells(of index: Int, _ columns: Int) -> String {
    var cells = Array(repeating: Character(" "), count: columns)
    var owners = Array(repeating: Int?.none, count: columns)
    func share(_ value: Double) -> Double {
      min(max(panel.x.scale.fraction(of: value) ?? 0, 0), 1) * Double(columns)
    }
    for mark in panel.marks {
      switch mark {
      case .rectangle(let bar) where row(bar.y) == index && bar.ink != .cell:
        let (start, end) = (share(bar.x.lowerBound), share(bar.x.upperBound))
        let first = Int(start.rounded(.down))
        var eighths = Int(((end - Double(first)) * 8).rounded())
        // Bars that follow each other are parted by a blank.
        if bar.inset > 0, eighths > 8 { eighths = (eighths - 1) / 8 * 8 }
        for cell in 0..<max(0, (eighths + 7) / 8) where first + cell < columns {
          let filled = min(8, eighths - 8 * cell)
          cells[first + cell] = filled > 0 ? Self.eighths[filled - 1] : " "
          owners[first + cell] = bar.ink.series
        }
        // What is written in a bar, such as the number of a trial, where it has room.
        if let inside = bar.lines.first.map({ Array($0.printable) }),
          inside.count + 1 <= Int(end - start)
        {
          for (offset, character) in inside.enumerated()
          where first + 1 + offset < columns {
            cells[first + 1 + offset] = character
          }
        }
      case .point(let point) where Int(point.y.rounded()) == index:
        let cell = min(columns - 1, Int(share(point.x)))
        let characters = point.shape.characters
        cells[cell] = point.isOpen ? characters.open : characters.filled
        owners[cell] = point.ink.series
      case .rule(let rule) where rule.direction == .vertical:
        let cell = min(columns - 1, Int(share(rule.value)))
        if cells[cell] == " " { cells[cell] = "┊" }
      default: break
      }
    }
    var line = ""
    for (cell, owner) in zip(cells, owners) {
      line += owner.map { text.paint(String(cell), $0) } ?? String(cell)
    }
    return line
  }

  private func scaleLine(_ columns: Int) -> String {
    var line = Array(repeating: Character(" "), count: columns)
    var end = -1
    for tick in panel.x.ticks ?? panel.x.scale.ticks(atMost: max(2, columns / 12)) {
      guard let share = panel.x.scale.fraction(of: tick.value), (0...1).contains(share) else {
        continue
      }
      let characters = Array(tick.text.printable)
      let start = min(
        max(0, Int(share * Double(columns - 1)) - characters.count / 2), columns - characters.count)
      guard start > end, start >= 0 else { continue }
      for (offset, character) in characters.enumerated() { line[start + offset] = character }
      end = start + characters.count
    }
    return String(line).trimmed
  }
}

extension String {
  /// Without blanks at its end.
  var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
