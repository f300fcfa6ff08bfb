internal import Datasets
internal import Groundwork
internal import Tracking
internal import Training

extension SpecValue {
  /// `evaluation.previews`: a number of images, their names, or a mapping with one of these, a region and
  /// images without labels.
  func previews() -> PreviewSelection? {
    guard node.entries != nil else { return previewedImages().map { PreviewSelection(images: $0) } }
    guard let keys = mapping() else { return nil }
    let images = keys["images"].map { $0.previewedImages() } ?? .count(Self.standardPreviews)
    let region = keys["region"].map { $0.region() }
    let unlabelled = keys["unlabelled"].map { $0.paths() } ?? []
    keys.finish()
    guard let images, let unlabelled, region != .some(nil) else { return nil }
    return PreviewSelection(images: images, region: region ?? nil, unlabelled: unlabelled)
  }

  private static let standardPreviews = 4

  private func previewedImages() -> PreviewSelection.Images? {
    let limit = PreviewSelection.maximumImages
    guard node.elements != nil else { return integer(in: 1...limit).map { .count($0) } }
    guard let elements = elements(), !elements.isEmpty, elements.count <= limit else {
      report("must name 1 to \(limit) images")
      return nil
    }
    let names = elements.compactMap { $0.text() }
    return names.count == elements.count ? .named(names) : nil
  }

  /// One path, or a list of them.
  private func paths() -> [String]? {
    guard node.elements != nil else { return text().map { [$0] } }
    guard let elements = elements(), !elements.isEmpty else {
      report("must name an image, a folder or a list file")
      return nil
    }
    let paths = elements.compactMap { $0.text() }
    return paths.count == elements.count ? paths : nil
  }

  /// `[y, x, height, width]`.
  private func region() -> PreviewSelection.Region? {
    guard let elements = elements(), elements.count == 4 else {
      report("must be [y, x, height, width], in pixels")
      return nil
    }
    let corner = elements[..<2].compactMap { $0.integer(in: 0...Self.maximumSide) }
    let sides = elements[2...].compactMap { $0.integer(in: 1...Self.maximumSide) }
    guard corner.count == 2, sides.count == 2 else { return nil }
    return .init(top: corner[0], left: corner[1], size: Size(height: sides[0], width: sides[1]))
  }
}

extension PreviewSelection {
  var canonical: CanonicalJSON {
    let images: CanonicalJSON =
      switch images {
      case .count(let count): .integer(count)
      case .named(let names): .list(names.map { .text($0) })
      }
    var entries = ["images": images]
    if let region {
      let sides = [region.top, region.left, region.size.height, region.size.width]
      entries["region"] = .list(sides.map { .integer($0) })
    }
    if !unlabelled.isEmpty { entries["unlabelled"] = .list(unlabelled.map { .text($0) }) }
    return entries.count == 1 ? images : .object(entries)
  }
}
