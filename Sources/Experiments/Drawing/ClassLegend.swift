internal import Groundwork
internal import Tracking

/// Which colour stands for which class, by itself or below another drawing.
struct ClassLegend {
  let classes: [String]
  let palette: ClassPalette
  /// True where names follow the ids that masks hold.
  var isNumbered = true
  /// True where the colour of ignored pixels stands below those of the classes.
  var hasIgnored = false

  private static let (row, margin, fontSize) = (24.0, 8.0, 14.0)

  private var labels: [String] {
    (isNumbered ? classes.enumerated().map { "\($0)  \($1)" } : classes)
      + (hasIgnored ? ["ignored"] : [])
  }

  var width: Double {
    34 + (labels.map { Diagram.width($0, size: Self.fontSize) }.max() ?? 0) + Self.margin
  }

  var height: Double { Self.row * Double(labels.count) + 2 * Self.margin }

  func write(to file: String) throws {
    try FileBytes.write(Array(svg.utf8), to: file)
  }

  var svg: String {
    var diagram = Diagram(width: width, height: height, title: "Colors of the classes")
    draw(in: &diagram, top: 0)
    return diagram.svg
  }

  func draw(in diagram: inout Diagram, left: Double = 0, top: Double) {
    for (id, label) in labels.enumerated() {
      let y = top + Self.margin + Double(id) * Self.row
      diagram.box(
        x: left + Self.margin, y: y + 4, width: 16, height: 16,
        fill: PlotColour(palette.colour(of: id < classes.count ? Label(id) : Labels.ignoreIndex)))
      diagram.text(label, x: left + 34, y: y + 17, size: Self.fontSize)
    }
  }
}
