internal import Groundwork

/// Which colour stands for which class, as a picture of its own.
struct ClassLegend {
  let classes: [String]

  private static let (row, margin, fontSize) = (24.0, 8.0, 14.0)

  func write(to file: String) throws {
    try FileBytes.write(Array(svg.utf8), to: file)
  }

  var svg: String {
    let palette = ClassPalette(classes: classes)
    let labels = classes.enumerated().map { "\($0)  \($1)" }
    let widest = labels.map { SVGText.width($0, size: Self.fontSize) }.max() ?? 0
    var picture = SVGText(
      width: 34 + widest + Self.margin, height: Self.row * Double(classes.count) + 2 * Self.margin)
    for (id, label) in labels.enumerated() {
      let colour = palette.colour(of: Label(id))
      let top = Self.margin + Double(id) * Self.row
      picture.box(
        x: Self.margin, y: top + 4, width: 16, height: 16,
        fill: "rgb(\(colour.red),\(colour.green),\(colour.blue))")
      picture.text(label, x: 34, y: top + 17, size: Self.fontSize)
    }
    return picture.document
  }
}
