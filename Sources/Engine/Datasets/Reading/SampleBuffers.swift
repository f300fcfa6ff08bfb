internal import CKernels
internal import Digest
package import Groundwork

/// Memory that one thread reads samples with, one after the other: once it has held the largest of
/// them nothing is allocated any more but by the codecs.
///
/// It holds what was decoded of a sample's files, and that again in the network's channels and size.
/// What the sample before had too is not read again.
package struct SampleBuffers: ~Copyable {
  private var reader = FileReader()
  private var images = ImageMemory()
  /// The labels of the files' pixels, a plane a mask.
  package private(set) var mask = LabelPlanes()
  /// What ``mask`` was made of; fewer than the sample's masks where it is not whole.
  private var maskSources: [Source] = []
  private(set) var region = LabelPlanes()
  private var regionSource: Source?
  /// What a file holds that becomes one of these.
  private(set) var maskValues = MaskValues()

  private var converted = Raster()
  private var shapedImage = Raster()
  private var widened = Raster()
  private var stacked = Raster()
  private var markedMask = LabelPlanes()
  /// The labels of the sample that was shaped last.
  private(set) var shapedMask = LabelPlanes()
  private var scratch: [Float] = []
  /// Of the sample whose pixels were counted last.
  private(set) var pixelStatistics = PixelStatistics(channels: 0)
  private var antialiases = true
  /// Of the sample before.
  private var lastFacts: SampleFacts?
  /// What the slices of a volume were stacked to.
  private var slices = SliceStack()

  /// What was read last into a mask.
  private struct Source {
    let path: FilePath
    let digest: SHA256.Value
  }

  /// Another sample begins.
  package mutating func begin() { images.begin() }

  /// A patch of a volume begins, whose slices come one after the other.
  mutating func beginStack(_ depth: Int) {
    images.keep(samples: depth)
    slices.begin(depth)
  }

  /// Adds the next slice, as it was shaped.
  ///
  /// - Parameter isIgnored: whether none of its labels counts.
  /// - Throws: ``ImageError`` where it is of another depth than the first.
  mutating func stack(_ slice: LoadedSample, isIgnored: Bool) throws(ImageError) {
    if isIgnored { shapedMask.ignoreAll() }
    try slices.add(slice.raster, shapedMask)
  }

  /// The sample that all slices are together, its labels as those of one that is shaped.
  mutating func endStack() -> LoadedSample {
    slices.takeLabels(&shapedMask)
    return LoadedSample(raster: slices.raster, labels: .words(shapedMask.labels))
  }

  // MARK: - Decoding

  /// Makes a file the next image of the sample.
  ///
  /// - Parameter digest: what was read before; `nil` the first time.
  /// - Returns: the digest of the file.
  mutating func readImage(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?, _ decoding: ImageDecoding
  ) throws(ImageError) -> SHA256.Value {
    if let known = images.reuse(file.path) { return known }
    let slot = images.freeSlot()
    let found = try reader.read(file, unchangedSince: digest, decoding, into: &images[slot])
    images.use(slot, for: file.path, found)
    return found
  }

  /// The size of the image in its file.
  func fileSize(ofImage index: Int) -> Size { images.image(index).extent.fileSize }

  /// Makes sure that the image that was read last has channels of that number, or is grey or RGB and can
  /// become the other.
  ///
  /// - Parameter file: where it was read from.
  func requireLastImage(_ file: ListedFile, channels: Int) throws(ImageError) {
    let raster = images.last.raster
    guard !raster.fits(channels: channels) else { return }
    let found = "\(raster.channels) channel\(raster.channels == 1 ? "" : "s")"
    let mayBeVolume = file.slice.map { $0.index == nil } ?? false
    throw ImageError(
      "has \(found), and data.channels says \(channels): write data.channels: \(raster.channels)"
        + (mayBeVolume ? ", or where it is a volume name a slice, [INDEX]" : ""))
  }

  /// The depth of the image's samples in the file.
  package func depth(ofImage index: Int) -> PixelDepth { images.image(index).depth }

  /// The image's least and greatest sample; `nil` for 8 bits.
  package func extent(ofImage index: Int) -> ClosedRange<Double>? {
    let image = images.image(index)
    guard image.depth != .bits8 else { return nil }
    return PixelStatistics(of: image.raster).extent(0..<image.raster.channels)
  }

  /// The pixels of an image of the sample as its file has them.
  func raster(ofImage index: Int) -> Raster { images.image(index).raster }

  /// Reads what a mask holds into ``maskValues``, whatever it means.
  ///
  /// - Returns: the digest of the file.
  mutating func readValues(
    _ file: ListedFile, asColours: Bool
  ) throws(ImageError) -> SHA256.Value {
    maskSources.removeAll(keepingCapacity: true)
    return try reader.read(
      file, unchangedSince: nil, asColours ? .colours([]) : .classIDs, into: &maskValues)
  }

  /// Tells whether ``mask`` is already that of these files, as the sample before had the same.
  func holdsMasks(_ files: [ListedFile]) -> Bool {
    maskSources.count == files.count
      && zip(maskSources, files).allSatisfy { $0.path == $1.path }
  }

  /// - Precondition: the masks are there.
  var maskDigests: [SHA256.Value] { maskSources.map(\.digest) }

  /// Reads one of the sample's masks, in their order. A pixel that one of them ignores is ignored in
  /// all planes once the last is read.
  ///
  /// - Parameters:
  ///   - plane: the mask's place among those of the sample.
  ///   - planes: how many masks the sample has.
  ///   - digest: what was read before; `nil` the first time.
  /// - Returns: the white of a binary mask, where it was asked for.
  mutating func readMask(
    _ file: ListedFile, asPlane plane: Int, of planes: Int,
    unchangedSince digest: SHA256.Value?, _ coding: MaskCoding
  ) throws(ImageError) -> Int? {
    if plane == 0 { maskSources.removeAll(keepingCapacity: true) }
    let found = try reader.read(
      file, unchangedSince: digest, coding.meaning, into: &maskValues)
    if plane == 0 { mask.reshape(maskValues.size, planes: planes) }
    guard maskValues.size == mask.size else {
      throw ImageError(
        "is \(maskValues.size), the first mask \(mask.size) (height × width): they must show the "
          + "same pixels")
    }
    try coding.read(maskValues, into: &mask, plane: plane, isChecked: digest != nil)
    if plane == planes - 1 { mask.spreadIgnored() }
    let white = digest == nil ? try coding.white(of: maskValues) : nil
    maskSources.append(Source(path: file.path, digest: found))
    return white
  }

  /// Nothing is known of a sample without masks.
  mutating func ignoreAll(_ size: Size, planes: Int) {
    maskSources.removeAll(keepingCapacity: true)
    mask.reshape(size, planes: planes)
    for place in mask.labels.indices { mask.labels[place] = Labels.ignoreIndex }
  }

  /// Reads the mask of what counts.
  mutating func readRegion(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?
  ) throws(ImageError) -> SHA256.Value {
    if let regionSource, regionSource.path == file.path { return regionSource.digest }
    regionSource = nil
    let found = try reader.read(
      file, unchangedSince: digest, .classIDs, into: &maskValues)
    region.reshape(maskValues.size)
    try MaskCoding.region.read(maskValues, into: &region)
    regionSource = Source(path: file.path, digest: found)
    return found
  }

  // MARK: - Looking

  /// What a file says of itself; no pixel is decoded.
  package mutating func size(of file: ListedFile) throws(ImageError) -> Size {
    try reader.size(of: file)
  }

  /// The same of a mask; of what cannot be one, what is wrong.
  package mutating func size(
    ofMask file: ListedFile, _ meaning: MaskMeaning = .classIDs
  ) throws(ImageError) -> Size {
    try reader.size(ofMask: file, meaning, decodingInto: &maskValues)
  }

  /// True where every image of the sample shows one colour everywhere.
  mutating func isUniform() -> Bool { images.all { $0.isUniform() } }

  /// What was found of the sample, in the memory of what was found of the one before where that is the same,
  /// as it is for the patches of an image.
  mutating func shared(_ facts: SampleFacts) -> SampleFacts {
    if facts != lastFacts { lastFacts = facts }
    return lastFacts ?? facts
  }

  /// The labels of the sample's pixels, as the files store them.
  ///
  /// - Parameters:
  ///   - parts: what the sample's images become in the network's input.
  ///   - hasRegion: whether what is outside ``region`` is ignored.
  ///   - hasBlanks: whether pixels may hold nothing, and are ignored then.
  mutating func storedLabels(
    _ parts: [ImageStack.StackedImage], hasRegion: Bool, hasBlanks: Bool
  ) -> LabelPlanes {
    let source = wholeMask(hasRegion: hasRegion)
    guard hasBlanks else { return source }
    source.cropToCentre(source.size, into: &shapedMask)
    for (index, part) in parts.enumerated() where part.offset == 0 {
      shapedMask.ignoreBlanks(of: images.image(index).raster)
    }
    return shapedMask
  }

  /// The labels of a part of the sample.
  mutating func shapedLabels(
    _ geometry: DataConfiguration.Geometry, _ patch: Patch, hasRegion: Bool
  ) -> LabelPlanes {
    shapeMask(geometry, patch, hasRegion: hasRegion)
    return shapedMask
  }

  /// Counts what occurs in a sample into ``pixelStatistics``.
  mutating func count(_ raster: Raster) { pixelStatistics.replace(by: raster) }

  // MARK: - Shaping

  /// What was decoded, as the network wants it. The sample lies in this memory: where it is let go
  /// before the next one is read, that takes no new memory.
  ///
  /// - Parameters:
  ///   - parts: what the sample's images become in the network's input.
  ///   - patch: which part of the images it is; `nil` unless they are cut into patches.
  ///   - hasRegion: whether what is outside ``region`` is ignored.
  ///   - hasBlanks: whether pixels may hold nothing, and are ignored then.
  package mutating func shape(
    _ geometry: DataConfiguration.Geometry, _ resizing: DataConfiguration.Resizing,
    _ parts: [ImageStack.StackedImage], _ patch: Patch?, hasRegion: Bool, hasBlanks: Bool
  ) -> LoadedSample {
    antialiases = resizing == .antialiased
    shapeMask(geometry, patch, hasRegion: hasRegion)
    guard parts.count > 1 else {
      let raster = shaped(0, channels: parts[0].channels, geometry, patch)
      if hasBlanks { shapedMask.ignoreBlanks(of: raster) }
      return LoadedSample(raster: raster, labels: .words(shapedMask.labels))
    }
    let channels = parts[parts.count - 1].range.upperBound
    let depth = parts.indices.map { images.image($0).raster.depth }.max() ?? .bits8
    for (index, part) in parts.enumerated() {
      let raster = shaped(index, channels: part.channels, geometry, patch, depth)
      // A neighbor's pixels that hold nothing show the mean, and the slice's labels count there.
      if hasBlanks, part.offset == 0 { shapedMask.ignoreBlanks(of: raster) }
      if index == 0 { stacked.reshape(raster.size, channels: channels, depth: depth) }
      ck_insert_channels(
        raster.pixels, Int32(raster.pixelBytes), &stacked.pixels, Int32(stacked.pixelBytes),
        Int32(part.firstChannel * depth.bytes), raster.size.area)
    }
    return LoadedSample(raster: stacked, labels: .words(shapedMask.labels))
  }

  /// To be let go of before the next one is shaped.
  ///
  /// - Parameter depth: at least; `nil` for its own.
  private mutating func shaped(
    _ index: Int, channels: Int, _ geometry: DataConfiguration.Geometry, _ patch: Patch?,
    _ depth: PixelDepth? = nil
  ) -> Raster {
    let image = images.image(index)
    var source = image.raster
    if source.channels != channels {
      source.convert(toChannels: channels, into: &converted)
      source = converted
    }
    if let depth, source.depth < depth {
      source.widen(to: depth, into: &widened)
      source = widened
    }
    switch geometry {
    case .original: return source
    case .resize(let size) where image.extent.isExactly(size): return source
    case .resize(let size):
      source.resize(
        image.extent, to: size, antialias: antialiases, into: &shapedImage, &scratch)
    case .crop(let size): source.cropToCentre(size, into: &shapedImage)
    case .patches: source.cut(patch ?? Patch(whole: source.size), into: &shapedImage)
    }
    return shapedImage
  }

  private mutating func shapeMask(
    _ geometry: DataConfiguration.Geometry, _ patch: Patch?, hasRegion: Bool
  ) {
    let source = wholeMask(hasRegion: hasRegion)
    switch geometry {
    case .original: source.cropToCentre(source.size, into: &shapedMask)
    case .resize(let size): source.resize(to: size, into: &shapedMask)
    case .crop(let size): source.cropToCentre(size, into: &shapedMask)
    case .patches:
      source.cut(patch ?? Patch(whole: source.size), into: &shapedMask)
    }
  }

  /// The labels of the files' pixels, ignored outside the region.
  private mutating func wholeMask(hasRegion: Bool) -> LabelPlanes {
    guard hasRegion else { return mask }
    mask.marked(outside: region, into: &markedMask)
    return markedMask
  }
}
