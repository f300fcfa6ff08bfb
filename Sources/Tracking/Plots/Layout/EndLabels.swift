/// Names at the ends of lines, spread so that none lies on another.
struct EndLabels {
  let places: PanelPlaces

  private static let (size, line) = (PanelMargins.nameSize, 14.0)

  func draw(in drawing: inout Drawing) {
    var labels = places.panel.marks.compactMap(label)
    labels.sort { ($0.y, $0.text) < ($1.y, $1.text) }
    for (label, y) in zip(labels, spread(labels.map(\.y))) {
      drawing.text(
        label.text, places.box.right + 8, y + 4, label.ink, size: Self.size, isBold: true)
    }
  }

  private struct Label {
    let text: String
    let y: Double
    let ink: Ink
  }

  private func label(_ mark: PlotMark) -> Label? {
    guard case .line(let line) = mark, let text = line.endLabel,
      let end = line.points.lazy.reversed().compactMap(places.place).first
    else { return nil }
    let ink: Ink =
      if case .series(let index) = line.stroke.ink { .seriesText(index) } else { .text }
    return Label(
      text: text, y: min(max(end.y, places.box.y), places.box.bottom), ink: ink)
  }

  /// Moves what is too close apart, and all of it back into the panel.
  private func spread(_ wanted: [Double]) -> [Double] {
    var placed = wanted
    for index in placed.indices.dropFirst() {
      placed[index] = max(placed[index], placed[index - 1] + Self.line)
    }
    var limit = places.box.bottom
    for index in placed.indices.reversed() {
      placed[index] = min(placed[index], limit)
      limit = placed[index] - Self.line
    }
    return placed
  }
}
