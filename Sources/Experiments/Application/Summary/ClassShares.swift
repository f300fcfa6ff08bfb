internal import Groundwork
internal import Tracking

/// How much of each image each class takes, as a table for other programs: one line for each class of
/// each image.
struct ClassShares: SummaryFile {
  let classes: [String]
  /// `nil` where it is not known.
  let pixel: PixelExtent?

  let name = "prediction.csv"
  let listsObjects = false

  func text(of images: [ImageSummary]) -> String {
    let area = pixel.map { [$0.areaColumn] } ?? []
    let rows = images.flatMap { image in
      classes.indices.map { row(of: $0, in: image) }
    }
    return CSVText.table(["image", "class", "pixels", "share"] + area + ["objects"], rows)
  }

  private func row(of id: Int, in image: ImageSummary) -> [String] {
    let pixels = image.pixels[id]
    return [
      image.name, classes[id], "\(pixels)", "\(Double(pixels) / Double(max(1, image.size.area)))",
    ] + (pixel.map { [$0.area(ofPixels: pixels)] } ?? [])
      + [image.objectCounts[id].map { "\($0)" } ?? ""]
  }
}
