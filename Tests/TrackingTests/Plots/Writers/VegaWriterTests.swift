import Foundation
import Testing

@testable import Tracking

@Suite("Charts as Vega-Lite")
struct VegaWriterTests {
  private typealias Object = [String: Any]

  private func specification(_ figure: Figure, _ theme: Theme = .light) throws -> [String: Any] {
    let text = VegaWriter(theme).text(of: figure)
    #expect(text == VegaWriter(theme).text(of: figure))
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func views(_ specification: [String: Any]) -> [[String: Any]] {
    (specification["vconcat"] as? [Object] ?? []).flatMap { $0["hconcat"] as? [Object] ?? [] }
  }

  private func rows(_ layer: [String: Any]) -> [[String: Any]] {
    (layer["data"] as? Object)?["values"] as? [Object] ?? []
  }

  private func figure(_ marks: [PlotMark], y: Scale = .log(0.1...10)) -> Figure {
    Figure(
      title: "t", description: "d", caption: "c",
      rows: [
        Figure.Row(
          height: 100, [Panel(x: Axis("step", .linear(0...2)), y: Axis("", y), marks: marks)])
      ], table: FigureTable(columns: [], rows: []))
  }

  @Test("every chart is a view of layers for each of its panels, with its data inside")
  func charts() throws {
    for chart in Charts.all {
      for runs in ChartSamples.all {
        let figure = chart.figure(of: try ChartSamples.input(runs.runs))
        guard figure.absence == nil else { continue }
        let views = try views(specification(figure))
        #expect(views.count == figure.panels.count, "\(chart.name) of \(runs.name)")
        for layer in views.flatMap({ $0["layer"] as? [Object] ?? [] }) {
          #expect(layer["mark"] is Object && layer["encoding"] is Object)
          #expect(!rows(layer).isEmpty)
        }
      }
    }
  }

  @Test("marks of a style that follow each other share a layer, and a gap stays a gap")
  func layers() throws {
    let lines = [0.5, 2].map { value in
      PlotMark.line(
        LineMark([PlotPoint(0, value), PlotPoint(1, .nan), PlotPoint(2, value)], .series(0)))
    }
    let point = PlotMark.point(PointMark(1, 1, .inverted, .warning, tip: "it \u{1B}[31m failed"))
    let view = try #require(views(specification(figure(lines + [point]))).first)
    let layers = view["layer"] as? [Object] ?? []
    try #require(layers.count == 2)
    let lineRows = rows(layers[0])
    #expect(lineRows.map { $0["line"] as? Int } == [0, 0, 0, 1, 1, 1])
    #expect(lineRows.map { $0["y"] is NSNull } == [false, true, false, false, true, false])
    #expect((layers[1]["mark"] as? Object)?["shape"] as? String == "triangle-down")
    #expect(rows(layers[1]).first?["color"] as? String == "#b3261e")
    #expect(!VegaWriter().text(of: figure([point])).contains("\u{1B}"))
  }

  @Test("scales have the chart's own ends, ticks their words, and names stand from the top")
  func scales() throws {
    let mark = PlotMark.point(PointMark(1, 1, .circle, .series(0)))
    func y(_ scale: Scale) throws -> [String: Any] {
      let view = try #require(views(specification(figure([mark], y: scale))).first)
      let encoding = (view["layer"] as? [Object])?.first?["encoding"] as? Object
      return try #require(encoding?["y"] as? Object)
    }
    let log = try #require(y(.log(0.1...10))["scale"] as? Object)
    #expect(log["type"] as? String == "log" && log["domain"] as? [Double] == [0.1, 10])
    let names = try y(.band(["sky", "a \"b\""]))
    #expect((names["scale"] as? Object)?["reverse"] as? Bool == true)
    #expect((names["scale"] as? Object)?["domain"] as? [Double] == [-0.5, 1.5])
    #expect(
      (names["axis"] as? Object)?["labelExpr"] as? String
        == #"["sky","a \"b\""][indexof([0,1],datum.value)]"#)
  }

  @Test("a dark page has the colours of its theme")
  func theme() throws {
    #expect(try specification(figure([]), .dark)["background"] as? String == "#1b1f24")
  }
}
