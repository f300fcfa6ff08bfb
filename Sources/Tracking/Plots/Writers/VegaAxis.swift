/// The axes of a panel as Vega-Lite has them.
struct VegaAxis {
  private let axis: Axis
  private let isX: Bool
  /// Pixels between its ends.
  private let length: Double

  init(_ axis: Axis, isX: Bool, length: Double) {
    (self.axis, self.isX, self.length) = (axis, isX, length)
  }

  /// The places of a field along the axis.
  func places(of field: String) -> JSONValue {
    .object([
      ("field", .text(field)), ("type", .text("quantitative")), ("scale", scale),
      ("axis", axis.isShown ? labels : .null),
    ])
  }

  /// The same for a value of all marks.
  func place(of value: Double) -> JSONValue {
    .object([
      ("datum", .number(value)), ("type", .text("quantitative")), ("scale", scale),
      ("axis", axis.isShown ? labels : .null),
    ])
  }

  private var scale: JSONValue {
    let domain = axis.scale.domain
    var scale: [(String, JSONValue)] = [
      ("type", .text(axis.scale.isLog ? "log" : "linear")),
      ("domain", .list([.number(domain.lowerBound), .number(domain.upperBound)])),
      ("nice", .boolean(false)),
    ]
    if !axis.scale.isLog { scale.append(("zero", .boolean(false))) }
    // Names stand below each other in their order.
    if !isX, axis.scale.names != nil { scale.append(("reverse", .boolean(true))) }
    return .object(scale)
  }

  private var labels: JSONValue {
    let ticks = axis.ticks ?? axis.scale.ticks(atMost: Int(length / (isX ? 55 : 26)))
    let orient = isX ? (axis.isOpposite ? "top" : "bottom") : (axis.isOpposite ? "right" : "left")
    let texts = ticks.map { JSONText.quoted($0.text) }.joined(separator: ",")
    let values = ticks.map { JSONValue.number($0.value).text(indent: 0) }.joined(separator: ",")
    return .object([
      ("title", axis.label.isEmpty ? .null : .text(axis.label)),
      ("orient", .text(orient)), ("grid", .boolean(axis.hasGrid)),
      ("values", .list(ticks.map { .number($0.value) })),
      ("labelExpr", .text("[\(texts)][indexof([\(values)],datum.value)]")),
    ])
  }
}
