import Testing

@testable import Tracking

struct TextFigureTests {
  private func figure(_ panel: Panel) -> Figure {
    Figure(
      title: "t", description: "d", rows: [Figure.Row(height: 100, [panel])],
      table: FigureTable(columns: [], rows: []))
  }

  @Test("a line rises from the lower left to the upper right")
  func line() {
    let panel = Panel(
      x: Axis("epoch", .linear(0...10)), y: Axis("", .linear(0...1)),
      marks: [.line(LineMark([PlotPoint(0, 0), PlotPoint(10, 1)], .series(0)))])
    let lines = TextFigure(width: 40).panels(of: figure(panel)).split(separator: "\n")
    #expect(lines.count == 12, "ten rows, the axis and its ticks")
    #expect(lines[0].hasSuffix("⠊") || lines[0].hasSuffix("⠉"))
    let start = lines[9].drop { $0 != "│" && $0 != "┤" }.dropFirst().first
    #expect(start.map { $0 > "\u{2800}" && $0 <= "\u{28FF}" } == true)
    #expect(lines[10].hasSuffix("─"))
    #expect(lines[11].contains("epoch") && lines[11].contains("0"))
  }

  @Test("a gap is a gap")
  func gap() {
    let panel = Panel(
      x: Axis("", .linear(0...3)), y: Axis("", .linear(0...1)),
      marks: [
        .line(
          LineMark(
            [PlotPoint(0, 0.5), PlotPoint(1, 0.5), PlotPoint(2, .nan), PlotPoint(3, 0.5)],
            .series(0)))
      ])
    let text = TextFigure(width: 40).panels(of: figure(panel))
    let row = text.split(separator: "\n").first {
      $0.contains { $0 > "\u{2800}" && $0 < "\u{28FF}" }
    }
    #expect(row?.contains("      ") == true, "\(text)")
  }

  @Test("bars end in eighths of a character, and their numbers stand beside them")
  func bars() {
    let panel = Panel(
      x: Axis("", .linear(0...1), isShown: false), y: Axis("", .band(["one", "three"])),
      marks: [
        .rectangle(RectangleMark(x: 0...1, y: -0.3...0.3, .bar)),
        .text(TextMark("100 %", 1, 0)),
        .rectangle(RectangleMark(x: 0...0.5, y: 0.7...1.3, .bar)),
        .text(TextMark("50 %", 0.5, 1)),
      ])
    let lines = TextFigure(width: 43).panels(of: figure(panel)).split(separator: "\n")
    #expect(lines[0] == "one   │\(String(repeating: "█", count: 30)) 100 %")
    #expect(
      lines[1]
        == "three │\(String(repeating: "█", count: 15))\(String(repeating: " ", count: 15)) 50 %")
  }

  @Test("cells of a matrix have a shade and their number, and what is empty a dot")
  func matrix() {
    let panel = Panel(
      x: Axis("", .band(["a", "b"])), y: Axis("", .band(["c"])),
      marks: [
        .rectangle(RectangleMark(x: -0.5...0.5, y: -0.5...0.5, .cell, lines: ["7"], shade: 1)),
        .rectangle(RectangleMark(x: 0.5...1.5, y: -0.5...0.5, .cell)),
      ])
    let text = TextFigure(width: 80).panels(of: figure(panel))
    #expect(text == "     a  b\nc  █ 7  ·")
  }

  @Test("colours are only asked for by series, and each series has its number at its end")
  func colours() {
    let panel = Panel(
      x: Axis("", .linear(0...1)), y: Axis("", .linear(0...1)),
      marks: [
        .line(LineMark([PlotPoint(0, 0), PlotPoint(1, 1)], .series(1), endLabel: "b", key: "b"))
      ])
    let text = TextFigure(width: 40, paint: { "<\($1)>\($0)</>" }).panels(of: figure(panel))
    #expect(text.contains("<1>") && !text.contains("<0>"))
    #expect(text.contains("2</>"), "\(text)")
    #expect(text.contains("<1>2⠤</> b"), "\(text)")
  }

  @Test("what could steer a terminal is shown and not sent")
  func hostile() {
    var hostile = figure(Panel(x: Axis("\u{1B}[2J", .band(["\u{7}a"])), y: Axis("", .band(["b"]))))
    hostile.title = "\u{1B}]0;x"
    hostile.legend = [.init("\u{9B}1m", .patch(.bar))]
    let text = TextFigure(width: 80).text(of: hostile)
    #expect(text.unicodeScalars.allSatisfy { !$0.isUnprintable || $0 == "\n" })
  }
}
