internal import Datasets
internal import Groundwork

extension AnnotatedDataSet {
  /// Masks are told by the colors of the classes. Where those of the first masks are the table's with red
  /// and blue exchanged, as OpenCV writes what it takes for BGR, the table is exchanged too.
  mutating func tellByColor(_ masks: [String], table: String) {
    self.masks = .colors
    let listed = Set((classes + ignoredColors).compactMap(\.color))
    let exchanged = Set(listed.map(\.exchanged))
    var (isListed, isExchanged, isKnown) = (true, true, false)
    for mask in masks.prefix(20) {
      guard let colors = try? MaskColors.all(in: mask) else { continue }
      isKnown = true
      isListed = isListed && colors.isSubset(of: listed)
      isExchanged = isExchanged && colors.isSubset(of: exchanged)
    }
    guard isKnown, !isListed, isExchanged else { return }
    classes = classes.map { AnnotatedClass($0.name, $0.color?.exchanged) }
    ignoredColors = ignoredColors.map { AnnotatedClass($0.name, $0.color?.exchanged) }
    warnings.append(
      "the masks have the colors of \(table) with red and blue exchanged, as OpenCV writes RGB that it takes "
        + "for BGR: they are read so")
  }
}

enum MaskColors {
  static func all(in path: String) throws(ImageError) -> Set<RGB> {
    let raster = try ImageFile.readImage(path)
    guard raster.channels == 3, raster.depth == .bits8 else { throw ImageError("is not of colors") }
    var colors: Set<Int> = []
    var last = -1
    for place in stride(from: 0, to: raster.pixels.count, by: 3) {
      let code =
        Int(raster.pixels[place]) << 16 | Int(raster.pixels[place + 1]) << 8
        | Int(raster.pixels[place + 2])
      if code != last { colors.insert(code) }
      last = code
    }
    return Set(colors.map { RGB(code: $0) })
  }
}

extension RGB {
  fileprivate var exchanged: RGB { RGB(blue, green, red) }
}
