internal import CKernels
internal import Digest

/// Memory that one thread reads samples with, one after the other: once it has held the largest of
/// them nothing is allocated any more but by the codecs.
///
/// It holds what was decoded of a sample's files, and that again in the network's channels and size.
/// What the sample before had too is not read again.
struct SampleBuffers: ~Copyable {
  private var reader = FileReader()
  private var pictures = PictureMemory()
  private(set) var mask = Mask()
  /// What ``mask`` was made of; fewer than the sample's masks where it is not whole.
  private var maskSources: [Source] = []
  /// That of one class of several.
  private var classMask = Mask()
  private(set) var region = Mask()
  private var regionSource: Source?

  private var converted = Raster()
  private var shapedPicture = Raster()
  private var stacked = Raster()
  private var markedMask = Mask()
  private var shapedMask = Mask()
  private var scratch: [Float] = []
  private var antialiases = true

  /// What was read last into a mask.
  private struct Source {
    let path: FilePath
    let digest: SHA256.Value
  }

  /// Another sample begins.
  mutating func begin() { pictures.begin() }

  // MARK: - Decoding

  /// Makes a file the next picture of the sample.
  ///
  /// - Parameter digest: what was read before; `nil` the first time.
  /// - Returns: the digest of the file.
  mutating func readPicture(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?, _ decoding: ImageDecoding
  ) throws(ImageError) -> SHA256.Value {
    if let known = pictures.reuse(file.path) { return known }
    let slot = pictures.freeSlot()
    let found = try reader.read(file, unchangedSince: digest, decoding, into: &pictures[slot])
    pictures.use(slot, for: file.path, found)
    return found
  }

  /// As the file of the picture has it.
  func fileSize(ofPicture index: Int) -> Size { pictures.picture(index).extent.fileSize }

  /// Whether ``mask`` is that of these files: those of the sample before.
  func holdsMasks(_ files: [ListedFile]) -> Bool {
    maskSources.count == files.count
      && zip(maskSources, files).allSatisfy { $0.path == $1.path }
  }

  /// - Precondition: the masks are there.
  var maskDigests: [SHA256.Value] { maskSources.map(\.digest) }

  /// Reads one of the sample's masks, in their order.
  ///
  /// - Parameters:
  ///   - digest: what was read before; `nil` the first time.
  ///   - bits: `[256]`, where it is that of one class of several: the bits that each id sets in the
  ///     labels that they make together.
  mutating func readMask(
    _ file: ListedFile, isFirst: Bool, unchangedSince digest: SHA256.Value?, bits: [UInt8]?
  ) throws(ImageError) {
    if isFirst { maskSources.removeAll(keepingCapacity: true) }
    let found: SHA256.Value
    if let bits {
      found = try reader.read(file, unchangedSince: digest, into: &classMask)
      if isFirst {
        mask.reshape(classMask.size)
        mask.ids.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
      }
      guard classMask.size == mask.size else {
        throw ImageError(
          "is \(classMask.size), the first mask \(mask.size) (height × width): they must show the "
            + "same pixels")
      }
      ck_gather_bytes(&mask.ids, classMask.ids, mask.ids.count, bits)
    } else {
      found = try reader.read(file, unchangedSince: digest, into: &mask)
    }
    maskSources.append(Source(path: file.path, digest: found))
  }

  /// Reads the mask of what counts.
  mutating func readRegion(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?
  ) throws(ImageError) -> SHA256.Value {
    if let regionSource, regionSource.path == file.path { return regionSource.digest }
    regionSource = nil
    let found = try reader.read(file, unchangedSince: digest, into: &region)
    regionSource = Source(path: file.path, digest: found)
    return found
  }

  // MARK: - Looking

  /// What a file says of itself; no pixel is decoded.
  mutating func size(of file: ListedFile) throws(ImageError) -> Size {
    try reader.size(of: file)
  }

  /// The same of a mask; of what cannot be one, what is wrong.
  mutating func size(ofMask file: ListedFile) throws(ImageError) -> Size {
    maskSources.removeAll(keepingCapacity: true)
    return try reader.size(ofMask: file, decodingInto: &mask)
  }

  /// Whether the sample's pictures show one value everywhere.
  var isUniform: Bool {
    pictures.all { picture in
      guard let first = picture.raster.pixels.first else { return true }
      return picture.raster.pixels.allSatisfy { $0 == first }
    }
  }

  /// `[256]`: pixels of each label, as the mask stores them.
  ///
  /// - Parameters:
  ///   - hasRegion: whether what is outside ``region`` is ignored.
  ///   - labels: `[256]`, the label of each id.
  mutating func labelCounts(hasRegion: Bool, labels: [UInt8]) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: 256)
    let ids = histogram(of: wholeMask(hasRegion: hasRegion).ids)
    for (id, count) in ids.enumerated() { counts[Int(labels[id])] += count }
    return counts
  }

  /// The labels of a part of the sample.
  mutating func shapedLabels(
    _ geometry: DataConfiguration.Geometry, _ patch: Patch, hasRegion: Bool, labels: [UInt8]
  ) -> [UInt8] {
    shapeMask(geometry, patch, hasRegion: hasRegion, labels: labels)
    return shapedMask.ids
  }

  // MARK: - Shaping

  /// What was decoded, as the network wants it. The sample lies in this memory: where it is let go
  /// before the next one is read, that takes no new memory.
  ///
  /// - Parameters:
  ///   - parts: what the sample's pictures become in the network's input.
  ///   - patch: which part of the images it is; `nil` unless they are cut into patches.
  ///   - hasRegion: whether what is outside ``region`` is ignored.
  ///   - labels: `[256]`, the label of each id.
  mutating func shape(
    _ geometry: DataConfiguration.Geometry, _ resizing: DataConfiguration.Resizing,
    _ parts: [ImageStack.Picture], _ patch: Patch?, hasRegion: Bool, labels: [UInt8]
  ) -> LoadedSample {
    antialiases = resizing == .antialiased

    shapeMask(geometry, patch, hasRegion: hasRegion, labels: labels)
    guard parts.count > 1 else {
      return LoadedSample(
        raster: shaped(0, channels: parts[0].channels, geometry, patch), labels: shapedMask.ids)
    }
    let channels = parts[parts.count - 1].range.upperBound
    for (index, part) in parts.enumerated() {
      let picture = shaped(index, channels: part.channels, geometry, patch)
      if index == 0 { stacked.reshape(picture.size, channels: channels) }
      ck_insert_channels(
        picture.pixels, Int32(part.channels), &stacked.pixels, Int32(channels),
        Int32(part.firstChannel), picture.size.area)
    }
    return LoadedSample(raster: stacked, labels: shapedMask.ids)
  }

  /// To be let go of before the next one is shaped.
  private mutating func shaped(
    _ index: Int, channels: Int, _ geometry: DataConfiguration.Geometry, _ patch: Patch?
  ) -> Raster {
    let picture = pictures.picture(index)
    var source = picture.raster
    if source.channels != channels {
      source.convert(toChannels: channels, into: &converted)
      source = converted
    }
    switch geometry {
    case .original: return source
    case .resize(let size) where picture.extent.isExactly(size): return source
    case .resize(let size):
      source.resize(
        picture.extent, to: size, antialias: antialiases, into: &shapedPicture, &scratch)
    case .crop(let size): source.cropToCentre(size, into: &shapedPicture)
    case .patches: source.cut(patch ?? Patch(whole: source.size), into: &shapedPicture)
    }
    return shapedPicture
  }

  private mutating func shapeMask(
    _ geometry: DataConfiguration.Geometry, _ patch: Patch?, hasRegion: Bool, labels: [UInt8]
  ) {
    let source = wholeMask(hasRegion: hasRegion)
    switch geometry {
    case .original: source.cropToCentre(source.size, into: &shapedMask)
    case .resize(let size): source.resize(to: size, into: &shapedMask)
    case .crop(let size): source.cropToCentre(size, into: &shapedMask)
    case .patches:
      source.cut(
        patch ?? Patch(whole: source.size), outside: Labels.ignored, into: &shapedMask)
    }
    ck_map_bytes(&shapedMask.ids, shapedMask.ids.count, labels)
  }

  /// The mask as it is stored, with an id that no class can have outside the region.
  private mutating func wholeMask(hasRegion: Bool) -> Mask {
    guard hasRegion else { return mask }
    markedMask.reshape(mask.size)
    ck_mark_outside(mask.ids, region.ids, &markedMask.ids, mask.ids.count, Labels.ignored)
    return markedMask
  }
}
