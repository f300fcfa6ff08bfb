internal import Foundation

/// Names and values of a row of data, or of any object.
typealias VegaFields = [(String, JSONValue)]

/// What marks of one layer share.
enum VegaStyle: Hashable {
  case lines(width: Double, dash: [Double], opacity: Double, LineMark.Course)
  case bands(opacity: Double)
  case points(MarkShape, isOpen: Bool, size: Double, opacity: Double)
  case rectangles(outline: Ink?, opacity: Double)
  case texts(size: Double, TextMark.Anchor, isBold: Bool, offset: PlotPoint)
  case images(width: Double, height: Double)
  case rules(RuleMark)

  /// True where what lies beyond the panel is cut off.
  var isClipped: Bool {
    switch self {
    case .lines, .bands, .rectangles, .rules: true
    case .points, .texts, .images: false
    }
  }
}

/// The marks of a panel as rows of data.
struct VegaRows {
  let panel: Panel
  /// Pixels of the panel.
  let size: PlotPoint
  let writer: VegaWriter

  /// The layers that a mark takes part in, each with its rows.
  ///
  /// - Parameter number: of the mark in its panel.
  func parts(_ mark: PlotMark, _ number: Int) -> [(VegaStyle, [VegaFields])] {
    switch mark {
    case .line(let line): return parts(line, number)
    case .band(let band):
      let rows = band.extents.map { extent -> VegaFields in
        named(nil, band.ink)
          + [
            ("line", .number(Double(number))), ("x", .number(extent.x)), ("y", .number(extent.low)),
            ("high", .number(extent.high)),
          ]
      }
      return [(.bands(opacity: band.opacity), rows)]
    case .point(let point):
      guard isInside(point.x, point.y) else { return [] }
      return [
        (
          .points(
            point.shape, isOpen: point.isOpen, size: point.size, opacity: point.opacity),
          [named(point.tip, point.ink) + at(point.x, point.y)]
        )
      ]
    case .rectangle(let rectangle): return parts(rectangle)
    case .text(let text):
      guard isInside(text.x, text.y) else { return [] }
      let style = VegaStyle.texts(
        size: text.size, text.anchor, isBold: text.isBold, offset: text.offset)
      return [
        (style, [named(nil, text.ink) + at(text.x, text.y) + [("text", .text(text.text))]])
      ]
    case .image(let image): return parts(image)
    case .rule(let rule): return [(.rules(rule), [[]])]
    }
  }

  private func parts(_ line: LineMark, _ number: Int) -> [(VegaStyle, [VegaFields])] {
    let stroke = line.stroke
    let rows = line.points.enumerated().map { index, point -> VegaFields in
      let isKnown = panel.x.scale.fraction(of: point.x) != nil
      let y = isKnown && panel.y.scale.fraction(of: point.y) != nil ? point.y : .nan
      return named(line.tip, stroke.ink)
        + at(point.x, y) + [("line", .number(Double(number))), ("order", .number(Double(index)))]
    }
    var parts: [(VegaStyle, [VegaFields])] = [
      (
        .lines(
          width: stroke.width, dash: stroke.dash, opacity: stroke.opacity, line.course), rows
      )
    ]
    if let label = line.endLabel, let end = line.points.last(where: { isInside($0.x, $0.y) }) {
      let style = VegaStyle.texts(size: 11, .start, isBold: true, offset: PlotPoint(6, 4))
      parts.append(
        (style, [named(nil, stroke.ink) + at(end.x, end.y) + [("text", .text(label))]]))
    }
    return parts
  }

  private func parts(_ mark: RectangleMark) -> [(VegaStyle, [VegaFields])] {
    let ends: VegaFields = [
      ("x", .number(mark.x.lowerBound)), ("x2", .number(mark.x.upperBound)),
      ("y", .number(mark.y.lowerBound)), ("y2", .number(mark.y.upperBound)),
    ]
    var parts: [(VegaStyle, [VegaFields])] = [
      (
        .rectangles(outline: mark.outline, opacity: mark.opacity),
        [named(mark.tip, mark.ink) + ends]
      )
    ]
    let (width, height) = pixels(mark.x, mark.y)
    let lines = mark.lines.prefix(3)
    let widest = lines.map { TextExtent.width($0, size: 9.5) }.max() ?? 0
    if !lines.isEmpty, widest <= width, Double(lines.count) * 11.5 <= height + 3 {
      let middle = PlotPoint(
        (mark.x.lowerBound + mark.x.upperBound) / 2, (mark.y.lowerBound + mark.y.upperBound) / 2)
      let style = VegaStyle.texts(size: 9.5, .middle, isBold: false, offset: PlotPoint(0, 3))
      let text = JSONValue.list(lines.map { .text($0) })
      parts.append(
        (style, [named(nil, mark.textInk) + at(middle.x, middle.y) + [("text", text)]]))
    }
    return parts
  }

  /// As large as it has room for, in its own form.
  private func parts(_ image: ImageMark) -> [(VegaStyle, [VegaFields])] {
    let (width, height) = pixels(image.x, image.y)
    guard image.pixels.width > 0, image.pixels.height > 0 else { return [] }
    let factor = min(
      (width - 4) / Double(image.pixels.width), (height - 4) / Double(image.pixels.height))
    let style = VegaStyle.images(
      width: (Double(image.pixels.width) * factor).rounded(),
      height: (Double(image.pixels.height) * factor).rounded())
    let url = "data:image/png;base64," + Data(image.png).base64EncodedString()
    let row: VegaFields =
      at(
        (image.x.lowerBound + image.x.upperBound) / 2,
        (image.y.lowerBound + image.y.upperBound) / 2)
      + [("url", .text(url)), ("tip", .text(image.about))]
    return [(style, [row])]
  }

  private func named(_ tip: String?, _ ink: Ink) -> VegaFields {
    [("color", writer.colour(ink))] + (tip.map { [("tip", .text($0))] } ?? [])
  }

  private func at(_ x: Double, _ y: Double) -> VegaFields {
    [("x", .number(x)), ("y", .number(y))]
  }

  private func isInside(_ x: Double, _ y: Double) -> Bool {
    let places = [panel.x.scale.fraction(of: x), panel.y.scale.fraction(of: y)]
    return places.allSatisfy { $0.map { (-0.02...1.02).contains($0) } ?? false }
  }

  private func pixels(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
  ) -> (width: Double, height: Double) {
    func share(_ scale: Scale, _ range: ClosedRange<Double>) -> Double {
      let ends = [range.lowerBound, range.upperBound].compactMap(scale.fraction)
      return ends.count == 2 ? abs(ends[1] - ends[0]) : 0
    }
    return (share(panel.x.scale, x) * size.x, share(panel.y.scale, y) * size.y)
  }
}
