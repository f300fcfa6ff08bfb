internal import Foundation
internal import Groundwork
internal import Tracking

/// What a run's record has of previews, drawn in the colours of its spec.
struct RecordedPreviews {
  let images: PreviewImages
  private let data: DataSection

  /// - Parameter evaluations: how many of them are shown at most.
  /// - Throws: ``Failure`` where the run has none.
  init(_ run: RunRecord, store: FolderStore, evaluations: Int) throws {
    try run.requireTrainedHere(to: "show previews")
    guard let record = try store.previews(of: run), !record.evaluations.isEmpty else {
      throw Failure(
        .nothingMatched,
        "error: no previews are recorded of \(run.name): train it with evaluation: {previews: 4}, or "
          + "use predict on images with --overlay")
    }
    let spec = try Trial(run.trial).spec
    data = spec.data
    images = try PreviewImages(
      record, task: spec.task, palette: spec.data.palette, evaluations: evaluations)
  }

  var summary: String {
    "\(Units.count(images.rows.count, "image")), \(Units.count(images.columns.count - 3, "evaluation"))"
  }

  /// - Parameter file: `.svg` or `.png`.
  func write(to file: String) throws {
    guard file.lowercased().hasSuffix(".svg") else {
      return try ImageFile.write(images.raster, to: file)
    }
    let document = try images.svg(classes: data.classNames, palette: data.palette)
    try FileBytes.write(Array(document.utf8), to: file)
  }
}
