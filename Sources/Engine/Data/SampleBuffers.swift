internal import CKernels
internal import Digest

/// Memory that one thread reads samples with, one after the other: once it has held the largest of
/// them nothing is allocated any more but by the codecs.
///
/// It holds what was decoded of one file, and that again in the network's channels and size.
struct SampleBuffers: ~Copyable {
  var file: [UInt8] = []
  private var hash = SHA256()
  private var image = Raster()
  private(set) var mask = Mask()
  private(set) var region = Mask()
  /// The labels that several masks make together.
  private var gathered: [UInt8] = []
  private var converted = Raster()
  private var shapedImage = Raster()
  private var shapedMask = Mask()
  private var scratch: [Float] = []
  var volumes = VolumeReader()

  /// - Returns: the digest of the bytes that ``file`` holds now.
  mutating func readFile(_ path: String) throws(ImageError) -> SHA256.Value {
    try FileBytes.read(path, into: &file)
    file.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// Reads a picture of an HDF5 file.
  mutating func readImage(
    _ slice: VolumeSlice, range: DataConfiguration.ValueRange?
  ) throws(ImageError) -> (extent: DecodedExtent, digest: SHA256.Value) {
    let digest = try volumes.read(slice, range: range, into: &image)
    return (DecodedExtent(fileSize: image.size), digest)
  }

  /// Reads a mask of an HDF5 file.
  mutating func readMask(_ slice: VolumeSlice) throws(ImageError) -> SHA256.Value {
    try volumes.read(slice, into: &mask)
  }

  /// Decodes ``file``.
  ///
  /// - Parameters:
  ///   - least: the extent that a JPEG must still have; `nil` for its own.
  ///   - wide: `[65536]`, the pixel of each sample of 16 bits; empty where they are rounded.
  mutating func decodeImage(least: Size?, wide: [UInt8]) throws(ImageError) -> DecodedExtent {
    try ImageFile.decode(file, atLeast: least, wide: wide, into: &image)
  }

  /// Decodes ``file`` as a mask.
  mutating func decodeMask() throws(ImageError) { try ImageFile.decode(file, into: &mask) }

  /// Decodes ``file`` as the mask of what counts.
  mutating func decodeRegion() throws(ImageError) { try ImageFile.decode(file, into: &region) }

  /// Takes in what the mask says of one of several classes.
  ///
  /// - Parameters:
  ///   - table: `[256]`, the bits of a label that each id sets.
  ///   - isFirst: whether a new sample begins; all of its masks are of one size.
  mutating func gather(by table: [UInt8], isFirst: Bool) {
    if isFirst {
      gathered.resize(to: mask.ids.count)
      gathered.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }
    precondition(gathered.count == mask.ids.count)
    ck_gather_bytes(&gathered, mask.ids, gathered.count, table)
  }

  /// The mask becomes what has been gathered.
  mutating func useGathered() { swap(&mask.ids, &gathered) }

  /// Gives the mask an id that no class can have where the region is 0.
  mutating func ignoreOutside() {
    precondition(region.size == mask.size)
    ck_mark_outside(&mask.ids, region.ids, mask.ids.count, Labels.ignored)
  }

  /// What was decoded, as the network wants it. The sample lies in this memory: where it is let go
  /// before the next one is read, that takes no new memory.
  ///
  /// - Parameters:
  ///   - extent: of the image, as it was decoded.
  ///   - labels: `[256]`, the label of each id.
  mutating func shape(
    _ extent: DecodedExtent, _ geometry: DataConfiguration.Geometry, channels: Int,
    labels: [UInt8]
  ) -> LoadedSample {
    if image.channels != channels { image.convert(toChannels: channels, into: &converted) }
    let source = image.channels == channels ? image : converted
    switch geometry {
    case .original:
      mask.map(by: labels)
      return LoadedSample(raster: source, labels: mask.ids)
    case .resize(let size) where extent.isExactly(size):
      mask.resize(to: size, into: &shapedMask)
      shapedMask.map(by: labels)
      return LoadedSample(raster: source, labels: shapedMask.ids)
    case .resize(let size):
      source.resize(extent, to: size, into: &shapedImage, &scratch)
      mask.resize(to: size, into: &shapedMask)
    case .crop(let size):
      source.cropToCentre(size, into: &shapedImage)
      mask.cropToCentre(size, into: &shapedMask)
    }
    shapedMask.map(by: labels)
    return LoadedSample(raster: shapedImage, labels: shapedMask.ids)
  }
}

extension Mask {
  fileprivate mutating func map(by table: [UInt8]) { ck_map_bytes(&ids, ids.count, table) }
}
