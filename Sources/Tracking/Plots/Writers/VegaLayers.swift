/// The marks of a panel as layers of Vega-Lite.
struct VegaLayers {
  private let writer: VegaWriter
  private let x: VegaAxis
  private let y: VegaAxis
  private(set) var layers: [JSONValue] = []

  init(panel: Panel, size: PlotPoint, writer: VegaWriter) {
    self.writer = writer
    let rows = VegaRows(panel: panel, size: size, writer: writer)
    x = VegaAxis(panel.x, isX: true, length: size.x)
    y = VegaAxis(panel.y, isX: false, length: size.y)
    var open: (style: VegaStyle, rows: [VegaFields])?
    for (number, mark) in panel.marks.enumerated() {
      for (style, rows) in rows.parts(mark, number) where !rows.isEmpty {
        if open?.style == style {
          open?.rows += rows
        } else {
          if let open { add(open.style, open.rows) }
          open = (style, rows)
        }
      }
    }
    if let open { add(open.style, open.rows) }
    // A view without a layer has no axes.
    if layers.isEmpty { add(.points(.circle, isOpen: false, size: 0, opacity: 0), [[]]) }
  }

  private mutating func add(_ style: VegaStyle, _ rows: [VegaFields]) {
    var (mark, further) = layer(style)
    var encoding: VegaFields = []
    switch style {
    case .rules(let rule):
      encoding =
        rule.direction == .vertical
        ? [("x", x.place(of: rule.value))] : [("y", y.place(of: rule.value))]
    default:
      encoding = [("x", x.places(of: "x")), ("y", y.places(of: "y"))]
      if case .images = style {} else { further.append(("color", literal("color"))) }
    }
    if rows.contains(where: { $0.contains { $0.0 == "tip" } }) {
      further.append(("tooltip", named("tip")))
    }
    mark.append(("clip", .boolean(style.isClipped)))
    layers.append(
      .object([
        ("mark", .object(mark)), ("encoding", .object(encoding + further)),
        ("data", .object([("values", .list(rows.map { .object($0) }))])),
      ]))
  }

  private func named(_ field: String) -> JSONValue {
    .object([("field", .text(field)), ("type", .text("nominal"))])
  }

  private func literal(_ field: String) -> JSONValue {
    .object([("field", .text(field)), ("type", .text("nominal")), ("scale", .null)])
  }

  /// The mark with what its style says, and the channels that it has besides place and colour.
  private func layer(_ style: VegaStyle) -> (mark: VegaFields, channels: VegaFields) {
    switch style {
    case .lines(let width, let dash, let opacity, let course):
      let interpolation =
        switch course {
        case .straight: "linear"
        case .steps: "step-after"
        case .smooth: "monotone"
        }
      return (
        [
          ("type", .text("line")), ("strokeWidth", .number(width)),
          ("strokeDash", .list(dash.map { .number($0) })), ("opacity", .number(opacity)),
          ("interpolate", .text(interpolation)),
        ],
        [
          ("detail", named("line")),
          ("order", .object([("field", .text("order")), ("type", .text("quantitative"))])),
        ]
      )
    case .bands(let opacity):
      return (
        [("type", .text("area")), ("opacity", .number(opacity))],
        [("y2", .object([("field", .text("high"))])), ("detail", named("line"))]
      )
    case .points(let shape, let isOpen, let size, let opacity):
      return (
        [
          ("type", .text("point")), ("shape", .text(shape.vegaName)),
          ("filled", .boolean(!isOpen)), ("size", .number((2 * size * size * 2).rounded())),
          ("opacity", .number(opacity)), ("angle", .number(shape == .cross ? 45 : 0)),
        ], []
      )
    case .rectangles(let outline, let opacity):
      return (
        [
          ("type", .text("rect")), ("opacity", .number(opacity)), ("cornerRadius", .number(2)),
          ("stroke", outline.map(writer.colour) ?? .null),
        ],
        [("x2", .object([("field", .text("x2"))])), ("y2", .object([("field", .text("y2"))]))]
      )
    case .texts(let size, let anchor, let isBold, let offset):
      let align = [.start: "left", .middle: "center", .end: "right"][anchor] ?? "left"
      return (
        [
          ("type", .text("text")), ("fontSize", .number(size)), ("align", .text(align)),
          ("baseline", .text("alphabetic")), ("fontWeight", .text(isBold ? "bold" : "normal")),
          ("dx", .number(offset.x)), ("dy", .number(offset.y)),
        ], [("text", named("text"))]
      )
    case .images(let width, let height):
      return (
        [("type", .text("image")), ("width", .number(width)), ("height", .number(height))],
        [("url", named("url"))]
      )
    case .rules(let rule):
      return (
        [
          ("type", .text("rule")), ("color", writer.colour(rule.stroke.ink)),
          ("strokeWidth", .number(rule.stroke.width)), ("opacity", .number(rule.stroke.opacity)),
          ("strokeDash", .list(rule.stroke.dash.map { .number($0) })),
        ], []
      )
    }
  }
}
