internal import Groundwork

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

    package init(height: Double, width: Double) { (self.height, self.width) = (height, width) }

    /// The same of pixels that an image has after it was resized.
    func resized(from stored: Size, to size: Size) -> Extent {
      Extent(
        height: height * Double(stored.height) / Double(size.height),
        width: width * Double(stored.width) / Double(size.width))
    }
  }
}

/// How large the pixels of files are that do not say it themselves.
package struct StatedExtent: Sendable, Hashable {
  package let unit: String
  package let pixel: PixelExtents.Extent

  /// - Parameter unit: as people write it; that of micrometers in any spelling.
  package init(unit: String, height: Double, width: Double) {
    self.unit = LengthUnit.name(unit)
    pixel = PixelExtents.Extent(height: height, width: width)
  }

  /// - Parameter sizes: of the images of a data set's samples, as their files store them.
  /// - Returns: of the pixels that a network sees, in the order of the samples.
  func extents(
    ofImages sizes: [Size], _ geometry: DataConfiguration.Geometry
  ) -> PixelExtents {
    guard case .resize(let size) = geometry else {
      return PixelExtents(unit: unit, images: Array(repeating: pixel, count: sizes.count))
    }
    return PixelExtents(unit: unit, images: sizes.map { pixel.resized(from: $0, to: size) })
  }
}

extension Dataset {
  /// How large the pixels of images are, of those that the data is resized to. Slices of volumes say it;
  /// of others it is what was stated.
  ///
  /// - Returns: `nil` where that of an image is not known, or in another unit than that of others.
  package func pixelExtents(of images: [WholeImage]) -> PixelExtents? {
    var files = ExtentsOfFiles(reader.geometry)
    var unit: String?
    var extents: [PixelExtents.Extent] = []
    for image in images {
      let sample = image.samples.lowerBound
      guard
        let found = files.extent(of: samples[sample].images[0])
          ?? stated.map({ (unit: $0.unit, pixel: $0.images[sample]) }),
        found.unit == unit ?? found.unit
      else { return nil }
      unit = found.unit
      extents.append(found.pixel)
    }
    return unit.map { PixelExtents(unit: $0, images: extents) }
  }

  /// Checks that what was stated is of use.
  ///
  /// - Throws: ``DataError`` where all images say themselves how large their pixels are, or one of them in
  ///   another unit.
  func requireUse(of stated: StatedExtent) throws(DataError) {
    var files = ExtentsOfFiles(reader.geometry)
    var isOfUse = false
    for image in wholeImages {
      let sample = samples[image.samples.lowerBound]
      guard let unit = files.extent(of: sample.images[0])?.unit else {
        isOfUse = true
        continue
      }
      if unit != stated.unit {
        throw DataError(
          sample.problem(
            "image \(sample.imageName) says that its voxels are in \(unit): give the size of pixels in "
              + "\(unit), not in \(stated.unit)"))
      }
    }
    guard isOfUse else {
      throw DataError(
        DataProblem(
          "every image says itself how large its pixels are: give no size, and theirs are taken"))
    }
  }
}

/// What volumes say of the pixels of their slices.
private struct ExtentsOfFiles {
  private let geometry: DataConfiguration.Geometry
  private var known: [VolumeSlice: VolumeDescription] = [:]

  init(_ geometry: DataConfiguration.Geometry) { self.geometry = geometry }

  /// - Returns: `nil` where the file does not say it.
  mutating func extent(of file: ListedFile) -> (unit: String, pixel: PixelExtents.Extent)? {
    guard let slice = file.slice else { return nil }
    let volume = VolumeSlice(
      file: slice.file, dataset: slice.dataset, axes: slice.axes, index: nil)
    guard let description = known[volume] ?? (try? file.volume()) else { return nil }
    known[volume] = description
    guard let spacing = description.facts.spacing, !spacing.unit.isEmpty else { return nil }
    let pixel = PixelExtents.Extent(height: spacing.height, width: spacing.width)
    guard case .resize(let size) = geometry else { return (spacing.unit, pixel) }
    return description.size.map { (spacing.unit, pixel.resized(from: $0, to: size)) }
  }
}
