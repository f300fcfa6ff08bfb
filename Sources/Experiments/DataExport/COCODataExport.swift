import Foundation
internal import Groundwork
internal import Learning

/// COCO's instances: `annotations/instances_PART.json` and the images of each part in a folder of its name.
/// An annotation is a set of pixels of one class that hang together.
struct COCODataExport: DataExportFormat {
  static let name = "coco"
  static let about = "annotations/instances_PART.json, with the images of each part in a folder"

  private let data: ExportedDataSet
  private let folder: String
  private var summaries: [String: [ImageSummary]] = [:]
  private var ignored = 0

  init(_ data: ExportedDataSet, folder: String) throws { (self.data, self.folder) = (data, folder) }

  mutating func write(_ image: ExportedImage) throws {
    let ending = image.file.map { ($0 as NSString).pathExtension } ?? "png"
    let file = "\(image.name).\(ending)"
    let place = "\(folder)/\(image.part)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    if let original = image.file {
      try FileManager.default.copyItem(atPath: original, toPath: "\(place)/\(file)")
    } else {
      try image.raster.writePNG("\(place)/\(file)", of: image.name)
    }
    if image.labels.contains(Labels.ignoreIndex) { ignored += 1 }
    // What never counts is no object.
    let labels = image.labels.map { $0 == Labels.ignoreIndex ? 0 : $0 }
    let size = image.raster.size
    let objects = ImageObject.all(
      in: labels, size: size, hasPlanes: data.hasPlanes, isOutlined: true)
    summaries[image.part, default: []].append(
      ImageSummary(
        name: image.name, fileName: file, labels: labels, size: size, hasPlanes: data.hasPlanes,
        classes: data.classes.count, objects: objects))
  }

  func finish() throws {
    let file = COCOFile(classes: data.classes, hasPlanes: data.hasPlanes)
    for (part, images) in summaries {
      try WholeFolder.write(
        file.text(of: images), to: "\(folder)/annotations/instances_\(part).json")
    }
  }

  var notes: [String] {
    ignored == 0
      ? []
      : [
        "pixels that never count are not annotated, in \(Units.count(ignored, "image")): COCO has no word for them"
      ]
  }
}
