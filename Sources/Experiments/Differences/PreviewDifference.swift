internal import Groundwork
internal import Measurements
internal import Tasks
internal import Tracking
internal import Training

/// The images of two runs' previews whose last predictions differ most, drawn side by side.
struct PreviewDifference {
  /// The greatest change first.
  let changes: [Change]
  private let images: PreviewImages
  private let data: DataSection

  struct Change: Encodable {
    let image: String
    /// The share of its pixels that are predicted otherwise.
    let share: Double
  }

  /// - Parameter count: how many images are drawn at most.
  /// - Returns: `nil` where no image was previewed by both.
  /// - Throws: ``Failure`` where what is recorded is no image.
  init?(_ first: RunRecord, _ second: RunRecord, store: FolderStore, count: Int) throws {
    guard let one = try store.previews(of: first), let other = try store.previews(of: second),
      let before = one.evaluations.last, let after = other.evaluations.last
    else { return nil }
    let spec = try Trial(first.trial).spec
    data = spec.data
    let places = Dictionary(
      other.images.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [(change: Change, row: PreviewImages.Row)] = []
    for (place, image) in one.images.enumerated() {
      guard let there = places[image.name],
        let pair = try Pair(
          image, before.predictions[place], after.predictions[there], spec.task,
          spec.data.palette)
      else { continue }
      found.append((Change(image: image.name, share: pair.share), pair.row))
    }
    guard !found.isEmpty else { return nil }
    found.sort { ($1.change.share, $0.change.image) < ($0.change.share, $1.change.image) }
    changes = found.map(\.change)
    images = PreviewImages(
      rows: found.prefix(count).map(\.row),
      columns: [
        .image, .truth, .run(first.name), .run(second.name), .change,
      ])
  }

  /// `scene-3: 12.1 % of the pixels, scene-1: 4 %`
  var summary: String {
    let shown = changes.prefix(3).map {
      "\($0.image): \(DecimalText.significant($0.share * 100, digits: 3)) %"
    }
    let rest = changes.count > 3 ? " and \(changes.count - 3) more" : ""
    return "pixels that are predicted otherwise at the end: \(shown.joined(separator: ", "))\(rest)"
  }

  /// - Parameter file: `.svg` or `.png`.
  func write(to file: String) throws {
    guard file.lowercased().hasSuffix(".svg") else {
      return try ImageFile.write(images.raster, to: file)
    }
    let document = try images.svg(classes: data.classNames, palette: data.palette)
    try FileBytes.write(Array(document.utf8), to: file)
  }

  /// One image of both runs.
  private struct Pair {
    let share: Double
    let row: PreviewImages.Row

    /// - Returns: `nil` where the two predictions have other sizes.
    init?(
      _ image: PreviewRecord.Image, _ first: [UInt8], _ second: [UInt8],
      _ task: any SegmentationTask, _ palette: ClassPalette
    ) throws(Failure) {
      let photograph = try PreviewImages.raster(image.image).converted(toChannels: 3)
      let size = photograph.size
      let truth = try PreviewImages.labels(image.truth)
      let one = try PreviewImages.labels(first)
      let other = try PreviewImages.labels(second)
      guard one.count == other.count, one.count == truth.count, !one.isEmpty else { return nil }
      share = Double(zip(one, other).count { $0 != $1 }) / Double(one.count)
      func drawing(_ labels: [Label]) -> Raster {
        task.drawing(of: labels, size, palette, over: photograph)
      }
      row = PreviewImages.Row(
        name: image.name, size: size,
        drawings: [
          photograph, truth.contains { $0 != Labels.ignoreIndex } ? drawing(truth) : nil,
          drawing(one), drawing(other),
          task.drawing(of: other, against: one, size, over: photograph),
        ])
    }
  }
}
