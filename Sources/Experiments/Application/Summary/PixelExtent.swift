/// The extent of a pixel along the rows and the columns of an image.
struct PixelExtent: Equatable {
  let height: Double
  let width: Double
  let unit: String
  /// As it was written, with the space before its unit: `4 nm`, `0.5 × 0.25 mm`.
  let text: String

  /// `0.5um`, `0.5x0.25mm`: a number or two, and a unit.
  init?(_ text: String) {
    guard
      let match = text.wholeMatch(of: /([0-9.eE+-]+?)(?:x([0-9.eE+-]+?))?\s*([A-Za-zµ]+)/),
      let height = Double(match.1), let width = Double(match.2 ?? match.1), height > 0, width > 0,
      height.isFinite, width.isFinite
    else { return nil }
    (self.height, self.width, unit) = (height, width, String(match.3))
    self.text = [match.1, match.2].compactMap(\.self).joined(separator: " × ") + " \(match.3)"
  }

  /// What to write in place of a text that is none.
  static func advice(_ text: String) -> String {
    "--pixel-size \(text): write 0.25um, or 0.5x0.25mm"
  }

  /// What a column of areas is called, in unit².
  var areaColumn: String { "area_\(unit)2" }

  func area(ofPixels count: Int) -> String { "\(Double(count) * height * width)" }
}
