import Foundation
import FoundationXML
import Testing

@testable import Tracking

/// What every chart of the list keeps, with every writer.
struct ChartTests {
  private struct Case: CustomStringConvertible {
    let chart: any Chart
    let runs: (name: String, runs: [RunRecord])
    var description: String { "\(chart.name) of \(runs.name)" }
    var figure: Figure {
      get throws { chart.figure(of: try ChartSamples.input(runs.runs)) }
    }
  }

  private static let cases = Charts.all.flatMap { chart in
    ChartSamples.all.map { Case(chart: chart, runs: $0) }
  }

  private static let kinds: [SVGWriter.Kind] = [.file(.light), .file(.dark), .fragment]

  @Test("names of charts are words of one sort, and each is there once")
  func names() {
    #expect(Set(Charts.names).count == Charts.all.count)
    for chart in Charts.all {
      #expect(chart.name.allSatisfy { $0.isLowercase && $0.isASCII })
      #expect(!chart.about.isEmpty && !chart.about.hasSuffix("."))
      #expect(Charts.named(chart.name)?.name == chart.name)
    }
  }

  @Test("every chart says what is in it or what is missing", arguments: cases.indices)
  func words(index: Int) throws {
    let figure = try Self.cases[index].figure
    #expect(!figure.title.isEmpty && !figure.description.isEmpty)
    if let absence = figure.absence {
      #expect(absence.hasSuffix(".") && figure.rows.isEmpty)
    } else {
      #expect(!figure.caption.isEmpty && !figure.panels.isEmpty)
      #expect(!figure.table.rows.isEmpty)
      for row in figure.table.rows { #expect(row.count == figure.table.columns.count) }
    }
  }

  @Test("a sweep with everything recorded has every chart but those that need other parameters")
  func complete() throws {
    for chart in Charts.all {
      let runs = chart is ContourMap ? ChartSamples.scattered : ChartSamples.grid
      let figure = chart.figure(of: try ChartSamples.input(runs))
      #expect(figure.absence == nil, "\(chart.name): \(figure.absence ?? "")")
    }
  }

  @Test("SVG is well-formed, names itself, and refers to nothing outside", arguments: cases.indices)
  func svg(index: Int) throws {
    let figure = try Self.cases[index].figure
    for kind in Self.kinds {
      let text = SVGWriter(kind).text(of: figure)
      let parser = XMLParser(data: Data(text.utf8))
      let reader = SVGReader()
      parser.delegate = reader
      #expect(parser.parse(), "\(Self.cases[index]): \(parser.parserError.map { "\($0)" } ?? "")")
      #expect(reader.root["role"] == "img")
      let labels = (reader.root["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      #expect(labels.count == 2 && labels.allSatisfy(reader.ids.contains))
      #expect(Set(reader.ids).count == reader.ids.count)
      for reference in reader.references {
        #expect(reference.hasPrefix("data:image/png;base64,") || reference.hasPrefix("#"))
      }
      #expect(!text.contains("style="), "a page with a strict policy refuses styles of elements")
      #expect(!text.contains("\u{1}") && !text.contains("nan") && !text.contains("inf\""))
      #expect(kind == .fragment ? text.contains("var(--") : !text.contains("var("))
    }
  }

  @Test("equal records give equal bytes", arguments: Charts.all.indices)
  func deterministic(index: Int) throws {
    let chart = Charts.all[index]
    let runs = chart is ContourMap ? ChartSamples.scattered : ChartSamples.grid
    let first = chart.figure(of: try ChartSamples.input(runs))
    let second = chart.figure(of: try ChartSamples.input(runs.reversed()))
    #expect(SVGWriter(.fragment).text(of: first) == SVGWriter(.fragment).text(of: second))
    #expect(
      try CairoWriter(.png(scale: 1)).bytes(of: first)
        == CairoWriter(.png(scale: 1)).bytes(of: second))
    #expect(try CairoWriter(.pdf).bytes(of: first) == CairoWriter(.pdf).bytes(of: second))
  }

  @Test("PNG and PDF begin as such files do", arguments: cases.indices)
  func graphics(index: Int) throws {
    let figure = try Self.cases[index].figure
    let png = try CairoWriter(.png(scale: 1), theme: .dark).bytes(of: figure)
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let pdf = try CairoWriter(.pdf).bytes(of: figure)
    #expect(pdf.starts(with: Array("%PDF-1.".utf8)))
  }

  @Test("in a terminal no line is wider than asked for", arguments: cases.indices)
  func terminal(index: Int) throws {
    let figure = try Self.cases[index].figure
    guard Self.cases[index].chart.suitsTerminals || figure.absence != nil else { return }
    for width in [40, 80, 200] {
      let text = TextFigure(width: width).text(of: figure)
      #expect(text.hasSuffix("\n") && !text.contains("\u{1B}"))
      for line in text.split(separator: "\n") {
        #expect(TextWidth.of(String(line)) <= width, "\(Self.cases[index]) at \(width): \(line)")
      }
    }
  }

  @Test("what is told apart by colour has its name beside it")
  func namesBesideColours() throws {
    for chart in Charts.all {
      let runs = chart is ContourMap ? ChartSamples.scattered : ChartSamples.grid
      let figure = chart.figure(of: try ChartSamples.input(runs))
      let series = Set(figure.panels.flatMap(\.marks).compactMap(\.series))
      guard series.count > 1, !(chart is ClassBars) else { continue }
      let ends = figure.panels.flatMap(\.marks).count { mark in
        if case .line(let line) = mark { line.endLabel != nil } else { false }
      }
      #expect(max(ends, figure.legend.count) >= series.count, "\(chart.name)")
    }
  }
}

extension PlotMark {
  fileprivate var series: Int? {
    switch self {
    case .line(let line): line.stroke.ink.series
    case .point(let point): point.ink.series
    case .rectangle(let rectangle): rectangle.ink.series
    default: nil
    }
  }
}

/// Ids, references and the root's attributes of a document.
private final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var ids: [String] = []
  private(set) var references: [String] = []
  private(set) var root: [String: String] = [:]

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if elementName == "svg" { root = attributes }
    if let id = attributes["id"] { ids.append(id) }
    for (name, value) in attributes {
      if name == "href" || name == "src" { references.append(value) }
      if let start = value.range(of: "url(") {
        references.append(String(value[start.upperBound...].dropLast()))
      }
    }
  }
}
