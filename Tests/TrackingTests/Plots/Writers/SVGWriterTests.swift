import Testing

@testable import Tracking

struct SVGWriterTests {
  private func figure(_ marks: [PlotMark], title: String = "t") -> Figure {
    Figure(
      title: title, description: "d", caption: "c",
      rows: [
        Figure.Row(
          height: 100,
          [Panel(x: Axis("", .linear(0...2)), y: Axis("", .log(0.1...10)), marks: marks)])
      ], table: FigureTable(columns: [], rows: []))
  }

  @Test("coordinates have tenths of a pixel, in every size")
  func coordinates() {
    #expect(PixelText.of(12.34) == "12.3")
    #expect(PixelText.of(-0.04) == "0")
    #expect(PixelText.of(-0.96) == "-1")
    #expect(PixelText.of(3) == "3")
    #expect(PixelText.of(.nan) == "0")
    #expect(PixelText.of(1e300) == "1000000")
  }

  @Test("a line tells a page's script its values, and its panel both scales")
  func data() {
    let line = LineMark(
      [PlotPoint(0, 1), PlotPoint(1, .nan), PlotPoint(2, 0.25)], .series(0), key: "a b")
    let text = SVGWriter(.fragment).text(of: figure([.line(line)]))
    #expect(text.contains("class=\"line\" data-key=\"a b\" data-x=\"0 2\" data-y=\"1 0.25\""))
    #expect(text.contains("data-x=\"linear 0.0 2.0 "))
    #expect(text.contains("data-y=\"log 0.1 10.0 "))
    #expect(text.contains("stroke=\"var(--c1)\""))
  }

  @Test("a page has title and caption itself; a file has both")
  func headings() {
    let figure = figure([], title: "A title")
    #expect(SVGWriter(.file(.light)).text(of: figure).contains(">A title</text>"))
    let fragment = SVGWriter(.fragment).text(of: figure)
    #expect(!fragment.contains(">A title</text>") && fragment.contains(">A title</title>"))
    #expect(!fragment.contains(">c</text>"))
  }

  @Test("names from strangers break nothing")
  func escaping() {
    let hostile = "</text><script>alert(1)</script>\u{1}\u{202E}\"&"
    let marks: [PlotMark] = [
      .text(TextMark(hostile, 1, 1)),
      .point(PointMark(1, 1, .circle, .bar, key: hostile, tip: hostile)),
    ]
    for kind in [SVGWriter.Kind.fragment, .file(.dark)] {
      let text = SVGWriter(kind).text(of: figure(marks, title: hostile))
      #expect(!text.contains("<script") && text.contains("&lt;script&gt;"))
      #expect(!text.unicodeScalars.contains { $0.isUnprintable && $0 != "\n" })
    }
  }

  @Test("ids come from the content: two figures of one page do not share them")
  func ids() {
    let one = SVGWriter(.fragment).text(of: figure([], title: "one"))
    let other = SVGWriter(.fragment).text(of: figure([], title: "other"))
    let id =
      one.range(of: "aria-labelledby=\"f").map { String(one[$0.upperBound...].prefix(8)) } ?? ""
    #expect(id.count == 8 && !other.contains(id))
  }
}
