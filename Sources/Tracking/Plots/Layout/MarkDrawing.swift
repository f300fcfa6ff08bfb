/// A mark as shapes in pixels.
struct MarkDrawing {
  let places: PanelPlaces

  func draw(_ mark: PlotMark, in drawing: inout Drawing) {
    switch mark {
    case .line(let line): draw(line, in: &drawing)
    case .band(let band): draw(band, in: &drawing)
    case .point(let point): draw(point, in: &drawing)
    case .rectangle(let rectangle): draw(rectangle, in: &drawing)
    case .text(let text): draw(text, in: &drawing)
    case .image(let image): draw(image, in: &drawing)
    case .rule(let rule): draw(rule, in: &drawing)
    }
  }

  private func draw(_ line: LineMark, in drawing: inout Drawing) {
    var path: [Drawing.Segment] = []
    var last: PlotPoint?
    for point in line.points {
      guard let place = places.place(point) else {
        last = nil
        continue
      }
      if let last {
        path += segments(from: last, to: place, line.course)
      } else {
        path.append(.move(place))
      }
      last = place
    }
    guard !path.isEmpty else { return }
    let known = line.points.filter { places.place($0) != nil }
    let isData = line.key != nil
    drawing.add(
      .shape(
        Drawing.Shape(
          path: path, stroke: line.stroke,
          facts: Drawing.Facts(
            kind: isData ? "line" : nil, tip: line.tip,
            data: [
              ("key", line.key),
              ("x", isData ? known.map { ValueText.of($0.x) }.joined(separator: " ") : nil),
              ("y", isData ? known.map { ValueText.of($0.y) }.joined(separator: " ") : nil),
            ]))))
  }

  private func segments(
    from start: PlotPoint, to end: PlotPoint, _ course: LineMark.Course
  ) -> [Drawing.Segment] {
    switch course {
    case .straight: return [.line(end)]
    case .steps: return [.line(PlotPoint(end.x, start.y)), .line(end)]
    case .smooth:
      let middle = (start.x + end.x) / 2
      return [.curve(PlotPoint(middle, start.y), PlotPoint(middle, end.y), end)]
    }
  }

  private func draw(_ band: BandMark, in drawing: inout Drawing) {
    var path: [Drawing.Segment] = []
    var piece: [(low: PlotPoint, high: PlotPoint)] = []
    func close() {
      if piece.count > 1 {
        path.append(.move(piece[0].high))
        path += piece.dropFirst().map { .line($0.high) }
        path += piece.reversed().map { .line($0.low) }
        path.append(.close)
      }
      piece = []
    }
    for extent in band.extents {
      guard let low = places.place(PlotPoint(extent.x, extent.low)),
        let high = places.place(PlotPoint(extent.x, extent.high))
      else {
        close()
        continue
      }
      piece.append((low, high))
    }
    close()
    guard !path.isEmpty else { return }
    drawing.add(
      .shape(
        Drawing.Shape(
          path: path, fill: band.ink, fillOpacity: band.opacity,
          facts: Drawing.Facts(kind: band.key == nil ? nil : "band", data: [("key", band.key)]))))
  }

  private func draw(_ point: PointMark, in drawing: inout Drawing) {
    guard let place = places.place(PlotPoint(point.x, point.y)) else { return }
    var shape = MarkOutline.shape(
      point.shape, at: place, size: point.size, point.ink, isOpen: point.isOpen,
      opacity: point.opacity)
    shape.facts = Drawing.Facts(
      kind: point.key == nil ? nil : "point", tip: point.tip, data: [("key", point.key)])
    drawing.add(.shape(shape))
  }

  private func draw(_ mark: RectangleMark, in drawing: inout Drawing) {
    guard let box = box(mark.x, mark.y, inset: mark.inset) else { return }
    let facts = Drawing.Facts(
      kind: mark.key == nil ? nil : "cell", tip: mark.tip, data: [("key", mark.key)])
    drawing.add(
      .shape(
        Drawing.Shape(
          path: [.rectangle(box, corner: min(2, box.width / 2, box.height / 2))], fill: mark.ink,
          fillOpacity: mark.opacity, stroke: mark.outline.map { Stroke($0, width: 1.5) },
          facts: facts)))
    let sizes = [11.0, 9.5, 9.5]
    let height = zip(mark.lines, sizes).reduce(0) { $0 + $1.1 * 1.2 }
    let widest = zip(mark.lines, sizes).map { TextExtent.width($0, size: $1) * 1.05 }.max() ?? 0
    guard height <= box.height + 3, widest <= box.width else { return }
    var y = box.middle.y - height / 2
    for (index, line) in mark.lines.prefix(sizes.count).enumerated() {
      drawing.text(
        line, box.middle.x, y + sizes[index] * 0.98, mark.textInk, size: sizes[index],
        anchor: .middle, isBold: index == 0 && mark.lines.count > 1)
      y += sizes[index] * 1.2
    }
  }

  private func draw(_ text: TextMark, in drawing: inout Drawing) {
    guard let place = places.place(PlotPoint(text.x, text.y)) else { return }
    let (x, y) = (place.x + text.offset.x, place.y + text.offset.y)
    if text.hasPlate {
      let width = TextExtent.width(text.text, size: text.size, isBold: text.isBold)
      let left =
        switch text.anchor {
        case .start: x
        case .middle: x - width / 2
        case .end: x - width
        }
      let plate = Box(
        x: left - 2, y: y - text.size * 0.95, width: width + 4, height: text.size * 1.3)
      drawing.add(
        .shape(
          Drawing.Shape(path: [.rectangle(plate, corner: 2)], fill: .paper, fillOpacity: 0.88)))
    }
    drawing.text(
      text.text, x, y, text.ink, size: text.size, anchor: text.anchor, isBold: text.isBold)
  }

  /// As large as it has room for, in its own form.
  private func draw(_ image: ImageMark, in drawing: inout Drawing) {
    guard var box = box(image.x, image.y, inset: 2), image.pixels.width > 0,
      image.pixels.height > 0
    else { return }
    let factor = min(
      box.width / Double(image.pixels.width), box.height / Double(image.pixels.height))
    let middle = box.middle
    box.width = Double(image.pixels.width) * factor
    box.height = Double(image.pixels.height) * factor
    (box.x, box.y) = (middle.x - box.width / 2, middle.y - box.height / 2)
    drawing.add(.image(Drawing.Image(png: image.png, box: box, about: image.about)))
  }

  private func draw(_ rule: RuleMark, in drawing: inout Drawing) {
    let box = places.box
    switch rule.direction {
    case .vertical:
      guard let x = places.x(rule.value), x >= box.x - 1, x <= box.right + 1 else { return }
      drawing.line(PlotPoint(x, box.y), PlotPoint(x, box.bottom), rule.stroke)
    case .horizontal:
      guard let y = places.y(rule.value), y >= box.y - 1, y <= box.bottom + 1 else { return }
      drawing.line(PlotPoint(box.x, y), PlotPoint(box.right, y), rule.stroke)
    }
  }

  private func box(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, inset: Double
  ) -> Box? {
    guard let first = places.place(PlotPoint(x.lowerBound, y.lowerBound)),
      let last = places.place(PlotPoint(x.upperBound, y.upperBound))
    else { return nil }
    let (width, height) = (abs(last.x - first.x), abs(last.y - first.y))
    let (side, rise) = (min(inset, width / 4), min(inset, height / 4))
    return Box(
      x: min(first.x, last.x) + side, y: min(first.y, last.y) + rise, width: width - 2 * side,
      height: height - 2 * rise)
  }
}

/// A value as a page's script reads it.
enum ValueText {
  /// Six significant digits: a pixel has no use for more.
  static func of(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return "\(whole)" }
    return NumberText.significant(value, 6).replacing("\u{2212}", with: "-")
  }
}
