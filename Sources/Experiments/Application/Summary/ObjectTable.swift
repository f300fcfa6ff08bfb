internal import Learning
internal import Tracking

/// The objects of all images as a table for other programs: one line for each.
///
/// Bounding boxes are in whole pixels, centroids in pixels from the upper left corner of the image.
struct ObjectTable: SummaryFile {
  let classes: [String]
  /// `nil` where it is not known.
  let pixel: PixelExtent?

  let name = "objects.csv"
  let listsObjects = true

  func text(of images: [ImageSummary]) -> String {
    let area = pixel.map { [$0.areaColumn] } ?? []
    let score = hasScores(images) ? ["score"] : []
    let rows = images.flatMap { image in
      image.objects.enumerated().map { index, object in
        row(of: object, number: index + 1, in: image)
      }
    }
    return CSVText.table(
      ["image", "object", "class", "pixels"] + area
        + ["left", "top", "width", "height", "centroid_x", "centroid_y"] + score, rows)
  }

  /// True where predictions say how sure they are of their objects.
  private func hasScores(_ images: [ImageSummary]) -> Bool {
    images.contains { $0.objects.contains { $0.score != nil } }
  }

  private func row(of object: ImageObject, number: Int, in image: ImageSummary) -> [String] {
    let (box, centroid) = (object.box, object.centroid)
    return [image.name, "\(number)", classes[object.classID], "\(object.pixels)"]
      + (pixel.map { [$0.area(ofPixels: object.pixels)] } ?? [])
      + [box.left, box.top, box.width, box.height].map { "\($0)" }
      + ["\(centroid.x)", "\(centroid.y)"] + (object.score.map { ["\($0)"] } ?? [])
  }
}
