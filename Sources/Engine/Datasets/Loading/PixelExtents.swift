/// How large the pixels of images are, where every image says it in one unit.
package struct PixelExtents: Sendable, Hashable {
  /// As people write it, `mm` or `µm`.
  package let unit: String
  /// In the order of the images.
  package let images: [Extent]

  /// Of a pixel of the size that a network sees.
  package struct Extent: Sendable, Hashable {
    package let height: Double
    package let width: Double
  }
}

extension Dataset {
  /// How large the pixels of images are, of those that the data is resized to. Slices of volumes say it.
  ///
  /// - Returns: `nil` where an image does not say it, or says it in another unit than others.
  package func pixelExtents(of images: [WholeImage]) -> PixelExtents? {
    var known: [VolumeSlice: VolumeDescription] = [:]
    var unit: String?
    var extents: [PixelExtents.Extent] = []
    for image in images {
      let file = samples[image.samples.lowerBound].images[0]
      guard let slice = file.slice else { return nil }
      let volume = VolumeSlice(
        file: slice.file, dataset: slice.dataset, axes: slice.axes, index: nil)
      guard let description = known[volume] ?? (try? file.volume()),
        let spacing = description.facts.spacing, !spacing.unit.isEmpty,
        spacing.unit == unit ?? spacing.unit
      else { return nil }
      known[volume] = description
      unit = spacing.unit
      var (height, width) = (spacing.height, spacing.width)
      if case .resize(let size) = reader.geometry {
        guard let stored = description.size else { return nil }
        height *= Double(stored.height) / Double(size.height)
        width *= Double(stored.width) / Double(size.width)
      }
      extents.append(.init(height: height, width: width))
    }
    return unit.map { PixelExtents(unit: $0, images: extents) }
  }
}
