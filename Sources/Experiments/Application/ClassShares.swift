internal import Groundwork
internal import Training

/// How much of each image each class takes, as a table for other programs.
struct ClassShares {
  private let classes: [String]
  /// The extent of a pixel, and its unit; `nil` where it is not known.
  private let pixel: PixelExtent?
  private var rows: [(image: String, pixels: [Int], area: Int)] = []

  /// The extent of a pixel along the rows and the columns of an image.
  struct PixelExtent: Equatable {
    let height: Double
    let width: Double
    let unit: String

    /// `0.5um`, `0.5x0.25mm`: a number or two, and a unit.
    init?(_ text: String) {
      guard
        let match = text.wholeMatch(of: /([0-9.eE+-]+?)(?:x([0-9.eE+-]+?))?\s*([A-Za-zµ]+)/),
        let height = Double(match.1), let width = Double(match.2 ?? match.1), height > 0, width > 0,
        height.isFinite, width.isFinite
      else { return nil }
      (self.height, self.width, unit) = (height, width, String(match.3))
    }
  }

  init(classes: [String], pixel: PixelExtent?) { (self.classes, self.pixel) = (classes, pixel) }

  /// - Parameter labels: `[H, W]` of ids, or `[K, H, W]` of 0 and 1.
  mutating func add(_ image: String, labels: [Label], area: Int) {
    var pixels = [Int](repeating: 0, count: classes.count)
    if labels.count == area {
      for label in labels where Int(label) < classes.count { pixels[Int(label)] += 1 }
    } else {
      for (place, label) in labels.enumerated() where label == 1 { pixels[place / area] += 1 }
    }
    rows.append((image, pixels, area))
  }

  /// One line for each class of each image, images in the order of their names.
  var csv: String {
    let header =
      ["image", "class", "pixels", "share"] + (pixel.map { ["area_\($0.unit)2"] } ?? [])
    var lines = [header.joined(separator: ",")]
    for row in rows.sorted(by: { $0.image < $1.image }) {
      for (name, pixels) in zip(classes, row.pixels) {
        var cells = [Self.quoted(row.image), Self.quoted(name), "\(pixels)"]
        cells.append("\(Double(pixels) / Double(max(1, row.area)))")
        if let pixel { cells.append("\(Double(pixels) * pixel.height * pixel.width)") }
        lines.append(cells.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    let needsQuotes = text.contains { ",\"\n\r".contains($0) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
