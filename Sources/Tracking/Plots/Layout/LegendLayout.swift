/// Names beside samples of their marks, in lines.
struct LegendLayout {
  let entries: [Figure.LegendEntry]
  let width: Double

  private static let (size, sample, line) = (11.0, 22.0, 18.0)

  /// - Returns: where what follows may begin.
  func draw(at left: Double, _ top: Double, in drawing: inout Drawing) -> Double {
    guard !entries.isEmpty else { return top }
    var (x, y) = (left, top + 4)
    for entry in entries {
      let room = width - Self.sample - 6
      let name = TextExtent.shortened(entry.name, to: room, size: Self.size)
      let extent = Self.sample + 6 + TextExtent.width(name, size: Self.size) + 16
      if x + extent > left + width + 16, x > left { (x, y) = (left, y + Self.line) }
      draw(entry.sample, at: PlotPoint(x, y + 8), in: &drawing)
      drawing.text(name, x + Self.sample + 6, y + 12, .secondary, size: Self.size)
      x += extent
    }
    return y + Self.line + 6
  }

  private func draw(
    _ sample: Figure.LegendEntry.Sample, at place: PlotPoint, in drawing: inout Drawing
  ) {
    switch sample {
    case .line(let stroke):
      drawing.line(place, PlotPoint(place.x + Self.sample, place.y), stroke)
    case .point(let shape, let ink, let isOpen):
      let middle = PlotPoint(place.x + Self.sample / 2, place.y)
      drawing.add(.shape(MarkOutline.shape(shape, at: middle, size: 4.5, ink, isOpen: isOpen)))
    case .patch(let ink):
      let box = Box(x: place.x + 6, y: place.y - 6, width: 12, height: 12)
      drawing.add(.shape(Drawing.Shape(path: [.rectangle(box, corner: 2)], fill: ink)))
    }
  }
}
