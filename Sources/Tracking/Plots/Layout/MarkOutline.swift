/// The outlines of marks, of about equal areas.
enum MarkOutline {
  static func shape(
    _ shape: MarkShape, at place: PlotPoint, size: Double, _ ink: Ink, isOpen: Bool,
    opacity: Double = 1
  ) -> Drawing.Shape {
    let path = self.path(shape, at: place, size)
    if shape == .cross {
      return Drawing.Shape(path: path, stroke: Stroke(ink, width: 2, opacity: opacity))
    }
    if isOpen {
      return Drawing.Shape(
        path: path, fill: .paper, stroke: Stroke(ink, width: 1.5, opacity: opacity))
    }
    return Drawing.Shape(path: path, fill: ink, fillOpacity: opacity)
  }

  private static func path(
    _ shape: MarkShape, at place: PlotPoint, _ size: Double
  ) -> [Drawing.Segment] {
    func polygon(_ corners: [(Double, Double)]) -> [Drawing.Segment] {
      let points = corners.map { PlotPoint(place.x + size * $0.0, place.y + size * $0.1) }
      return [.move(points[0])] + points.dropFirst().map { .line($0) } + [.close]
    }
    switch shape {
    case .circle: return [.circle(place, radius: size)]
    case .square: return polygon([(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)])
    case .triangle: return polygon([(0, -1.25), (1.15, 0.85), (-1.15, 0.85)])
    case .diamond: return polygon([(0, -1.3), (1.2, 0), (0, 1.3), (-1.2, 0)])
    case .inverted: return polygon([(0, 1.25), (1.15, -0.85), (-1.15, -0.85)])
    case .cross:
      let arms = [(-1.0, -1.0), (1, 1), (-1, 1), (1, -1)].map {
        PlotPoint(place.x + size * $0.0, place.y + size * $0.1)
      }
      return [.move(arms[0]), .line(arms[1]), .move(arms[2]), .line(arms[3])]
    }
  }
}
