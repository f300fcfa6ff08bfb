/// A figure as a specification of Vega-Lite 5 (Satyanarayan, Moritz, Wongsuphasawat and Heer 2017) with its data
/// inside, which notebooks and editors draw and go on from. Equal figures give equal bytes.
///
/// Each panel is a view of layers: one for marks of a kind and style that follow each other.
package struct VegaWriter: Sendable {
  package static let schema = "https://vega.github.io/schema/vega-lite/v5.json"
  /// Pixels beside a panel for its ticks and label.
  private static let margin = 70.0

  private let theme: Theme

  package init(_ theme: Theme = .light) { self.theme = theme }

  package func text(of figure: Figure) -> String {
    let views =
      (figure.legend.isEmpty ? [] : [legend(figure.legend)])
      + figure.rows.map { row in JSONValue.object([("hconcat", .list(panels(row, figure.width)))]) }
    let caption = TextExtent.wrapped(figure.caption, to: figure.width, size: 11.5)
    let title: [(String, JSONValue)] = [
      ("text", .text(figure.title)), ("anchor", .text("start")),
      ("subtitle", .list(caption.map { .text($0) })),
      ("color", colour(.text)), ("subtitleColor", colour(.muted)),
    ]
    return JSONValue.object([
      ("$schema", .text(Self.schema)), ("title", .object(title)),
      ("description", .text(figure.description)), ("background", colour(.paper)),
      ("config", config), ("vconcat", .list(views)),
    ]).text(indent: 0) + "\n"
  }

  func colour(_ ink: Ink) -> JSONValue { .text(theme.colour(of: ink).hexadecimal) }

  private var config: JSONValue {
    .object([
      ("view", .object([("stroke", .null)])),
      (
        "axis",
        .object([
          ("domainColor", colour(.rule)), ("tickColor", colour(.rule)),
          ("gridColor", colour(.grid)), ("labelColor", colour(.secondary)),
          ("titleColor", colour(.secondary)),
        ])
      ),
    ])
  }

  // MARK: - Panels

  private func panels(_ row: Figure.Row, _ width: Double) -> [JSONValue] {
    let shares = row.panels.reduce(0) { $0 + $1.share }
    let room = width - Self.margin * Double(row.panels.count)
    return row.panels.map { panel in
      let size = PlotPoint(
        max(40, (room * panel.share / max(shares, .leastNonzeroMagnitude)).rounded()), row.height)
      return view(panel, size)
    }
  }

  private func view(_ panel: Panel, _ size: PlotPoint) -> JSONValue {
    let layers = VegaLayers(panel: panel, size: size, writer: self).layers
    var view: [(String, JSONValue)] = [
      ("width", .number(size.x)), ("height", .number(size.y)), ("layer", .list(layers)),
    ]
    if !panel.title.isEmpty {
      view.append(
        ("title", .object([("text", .text(panel.title)), ("color", colour(.text))])))
    }
    return .object(view)
  }

  /// Names below each other, each beside the mark that stands for it.
  private func legend(_ entries: [Figure.LegendEntry]) -> JSONValue {
    let rows = entries.enumerated().map { place, entry -> JSONValue in
      let (shape, ink) = Self.sample(entry.sample)
      return .object([
        ("x", .number(0)), ("y", .number(Double(place))), ("name", .text(entry.name)),
        ("shape", .text(shape)), ("color", colour(ink)),
      ])
    }
    func place(_ field: String) -> JSONValue {
      .object([("field", .text(field)), ("type", .text("quantitative")), ("axis", .null)])
    }
    func literal(_ field: String) -> JSONValue {
      .object([("field", .text(field)), ("type", .text("nominal")), ("scale", .null)])
    }
    var y: [(String, JSONValue)] = [
      ("field", .text("y")), ("type", .text("quantitative")), ("axis", .null),
    ]
    y.append(("scale", .object([("reverse", .boolean(true))])))
    let marks: [JSONValue] = [
      .object([
        ("mark", .object([("type", .text("point")), ("filled", .boolean(true))])),
        (
          "encoding",
          .object([
            ("x", place("x")), ("y", .object(y)), ("shape", literal("shape")),
            ("color", literal("color")),
          ])
        ),
      ]),
      .object([
        (
          "mark",
          .object([
            ("type", .text("text")), ("align", .text("left")), ("dx", .number(10)),
            ("color", colour(.secondary)),
          ])
        ),
        (
          "encoding",
          .object([
            ("x", place("x")), ("y", .object(y)),
            ("text", .object([("field", .text("name")), ("type", .text("nominal"))])),
          ])
        ),
      ]),
    ]
    return .object([
      ("width", .number(20)), ("height", .number(16 * Double(entries.count))),
      ("data", .object([("values", .list(rows))])), ("layer", .list(marks)),
    ])
  }

  private static func sample(_ sample: Figure.LegendEntry.Sample) -> (shape: String, ink: Ink) {
    switch sample {
    case .line(let stroke): ("square", stroke.ink)
    case .point(let shape, let ink, _): (shape.vegaName, ink)
    case .patch(let ink): ("square", ink)
    }
  }
}

extension MarkShape {
  /// As Vega calls it.
  var vegaName: String {
    switch self {
    case .triangle: "triangle-up"
    case .inverted: "triangle-down"
    default: rawValue
    }
  }
}
