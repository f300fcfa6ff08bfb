/// A panel at its place: lines across it, its marks, and its axes with ticks and labels.
struct PanelDrawing {
  let panel: Panel
  /// Between the axes.
  let box: Box
  let margins: PanelMargins
  /// Pixels above the panels of its row, where their titles stand.
  let above: Double

  func draw(in drawing: inout Drawing) {
    var inner = Drawing(width: 0, height: 0)
    drawGrid(in: &inner)
    var marks = Drawing(width: 0, height: 0)
    let places = PanelPlaces(panel: panel, box: box)
    for mark in panel.marks { MarkDrawing(places: places).draw(mark, in: &marks) }
    // A little wider than the panel, so that marks on its edge are whole.
    let clip = Box(
      x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12)
    inner.add(.group(Drawing.Group(elements: marks.elements, clip: clip)))
    drawAxes(in: &inner)
    EndLabels(places: places).draw(in: &inner)
    let facts = Drawing.Facts(
      kind: "panel",
      data: [
        ("title", panel.title.isEmpty ? nil : panel.title),
        ("x", scaleText(panel.x.scale, box.x, box.right)),
        (
          "y",
          panel.y.scale.names == nil
            ? scaleText(panel.y.scale, box.bottom, box.y)
            : scaleText(panel.y.scale, box.y, box.bottom)
        ),
        ("xlabel", panel.x.label.isEmpty ? nil : panel.x.label),
        ("ylabel", panel.y.label.isEmpty ? nil : panel.y.label),
      ])
    drawing.add(.group(Drawing.Group(elements: inner.elements, facts: facts)))
  }

  /// `linear 0 15 40 400`: the kind of scale, its first and last value, and their pixels.
  private func scaleText(_ scale: Scale, _ start: Double, _ end: Double) -> String {
    let kind = scale.names != nil ? "band" : scale.isLog ? "log" : "linear"
    let domain = scale.domain
    return "\(kind) \(domain.lowerBound) \(domain.upperBound) "
      + "\(PixelText.of(start)) \(PixelText.of(end))"
  }

  // MARK: - Axes

  private var places: PanelPlaces { PanelPlaces(panel: panel, box: box) }
  private var xTicks: [Tick] { fitting(PanelMargins.ticks(panel.x, box.width / 55)) }
  private var yTicks: [Tick] { PanelMargins.ticks(panel.y, box.height / 26) }

  private func drawGrid(in drawing: inout Drawing) {
    if panel.y.hasGrid {
      for y in yTicks.compactMap({ places.y($0.value) }) {
        drawing.line(PlotPoint(box.x, y), PlotPoint(box.right, y), Stroke(.grid, width: 1))
      }
    }
    if panel.x.hasGrid {
      for x in xTicks.compactMap({ places.x($0.value) }) {
        drawing.line(PlotPoint(x, box.y), PlotPoint(x, box.bottom), Stroke(.grid, width: 1))
      }
    }
  }

  private func drawAxes(in drawing: inout Drawing) {
    drawWords(in: &drawing)
    if panel.y.isShown {
      for tick in yTicks {
        guard let y = places.y(tick.value) else { continue }
        draw(
          tick, at: PlotPoint(panel.y.isOpposite ? box.right + 6 : box.x - 7, y + 3.8),
          anchor: panel.y.isOpposite ? .start : .end, in: &drawing)
      }
    }
    guard panel.x.isShown else { return }
    let y = panel.x.isOpposite ? box.y - 8 : box.bottom + 15
    for tick in xTicks {
      guard let x = places.x(tick.value) else { continue }
      guard margins.turn != 0 else {
        draw(tick, at: PlotPoint(x, y), anchor: .middle, in: &drawing)
        continue
      }
      drawing.text(
        tick.text, x + (panel.x.isOpposite ? 0 : 4), y - (panel.x.isOpposite ? 0 : 3), .secondary,
        size: PanelMargins.tickSize, anchor: panel.x.isOpposite ? .start : .end,
        isBold: tick.isBold, turn: margins.turn)
    }
  }

  private func drawWords(in drawing: inout Drawing) {
    drawing.text(
      panel.title, box.x, box.y - above + 13, .text, size: PanelMargins.titleSize, isBold: true)
    if panel.x.isShown, !panel.x.label.isEmpty {
      let y =
        panel.x.isOpposite
        ? box.y - margins.ticksAbove - 12 : box.bottom + margins.bottom - 4
      drawing.text(
        panel.x.label, box.middle.x, y, .muted, size: PanelMargins.labelSize, anchor: .middle)
    }
    guard panel.y.isShown, !panel.y.label.isEmpty else { return }
    let left = box.x - (panel.y.isOpposite ? 0 : margins.left - 2)
    drawing.text(panel.y.label, left, box.y - 9, .muted, size: PanelMargins.labelSize)
  }

  private func draw(
    _ tick: Tick, at place: PlotPoint, anchor: TextMark.Anchor, in drawing: inout Drawing
  ) {
    var place = place
    if let swatch = tick.swatch, anchor == .end {
      let box = Box(
        x: self.box.x - margins.left + 2, y: place.y - 9.5, width: 11, height: 11)
      drawing.add(.shape(Drawing.Shape(path: [.rectangle(box, corner: 2)], fill: swatch)))
      place.x = box.right + 5
      drawing.text(
        tick.text, place.x, place.y, .text, size: PanelMargins.tickSize, isBold: tick.isBold)
      return
    }
    if let note = tick.note {
      place.y -= 7
      drawing.text(
        note, place.x, place.y + 15, .muted, size: PanelMargins.tickSize - 0.5, anchor: anchor)
    }
    drawing.text(
      tick.text, place.x, place.y, panel.y.scale.names != nil && anchor == .end ? .text : .muted,
      size: PanelMargins.tickSize, anchor: anchor, isBold: tick.isBold)
  }

  /// Those of the ticks along x that have room beside the one before.
  private func fitting(_ ticks: [Tick]) -> [Tick] {
    guard margins.turn == 0 else { return ticks }
    var (kept, end): ([Tick], Double) = ([], -.infinity)
    for tick in ticks {
      guard let x = places.x(tick.value) else { continue }
      let half = TextExtent.width(tick.text, size: PanelMargins.tickSize, isBold: tick.isBold) / 2
      guard x - half >= end + 5 else { continue }
      kept.append(tick)
      end = x + half
    }
    return kept
  }
}

/// Where values lie in pixels.
struct PanelPlaces {
  let panel: Panel
  let box: Box

  func x(_ value: Double) -> Double? {
    panel.x.scale.fraction(of: value).map { box.x + $0 * box.width }
  }

  /// Values grow upward, names follow each other downward.
  func y(_ value: Double) -> Double? {
    panel.y.scale.fraction(of: value).map { fraction in
      panel.y.scale.names == nil
        ? box.bottom - fraction * box.height : box.y + fraction * box.height
    }
  }

  func place(_ point: PlotPoint) -> PlotPoint? {
    guard let x = x(point.x), let y = y(point.y) else { return nil }
    // Far outside it makes no difference where, and files stay short.
    let far = 4000.0
    return PlotPoint(min(max(x, -far), far), min(max(y, -far), far))
  }
}

/// Coordinates as files have them: tenths of a pixel.
enum PixelText {
  static func of(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }
}
