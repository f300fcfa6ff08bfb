/// Which colour and mark is whose: the figure's own legend, or the names at the ends of its lines.
struct TextLegend {
  let figure: Figure
  let text: TextFigure

  var lines: [String] {
    var entries: [(sample: String, name: String)] = figure.legend.map {
      (sample($0.sample), $0.name)
    }
    for case .line(let line) in figure.panels.flatMap(\.marks) {
      guard let name = line.endLabel, !entries.contains(where: { $0.name == name }) else {
        continue
      }
      entries.append((sample(.line(line.stroke)), name))
    }
    var lines: [String] = []
    var (line, used) = ("", 0)
    for entry in entries {
      let name = TextWidth.shortened(entry.name.printable, to: text.width - 6)
      let extent = 3 + TextWidth.of(name)
      if used > 0, used + 3 + extent > text.width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line += (used > 0 ? "   " : "") + entry.sample + " " + name
      used += (used > 0 ? 3 : 0) + extent
    }
    return used > 0 ? lines + [line] : lines
  }

  private func sample(_ sample: Figure.LegendEntry.Sample) -> String {
    switch sample {
    case .line(let stroke):
      let drawn = stroke.ink.series.map { "\(SeriesNumber.character($0))⠤" } ?? "⠤⠤"
      return stroke.ink.series.map { text.paint(drawn, $0) } ?? drawn
    case .point(let shape, let ink, let isOpen):
      let mark = " " + String(isOpen ? shape.characters.open : shape.characters.filled)
      return ink.series.map { text.paint(mark, $0) } ?? mark
    case .patch(let ink):
      return ink.series.map { text.paint("██", $0) } ?? "██"
    }
  }
}

/// The number by which a terminal names a series: 1 to 9, then letters.
enum SeriesNumber {
  static func character(_ series: Int) -> Character {
    let characters = Array("123456789abcdefghijklmnopqrstuvwxyz")
    return characters[series % characters.count]
  }
}

extension LineMark {
  /// True for the line that stands for a series, as its thin companions do not.
  var isNumbered: Bool { stroke.width >= 1.5 && stroke.opacity == 1 && key != nil }
}
