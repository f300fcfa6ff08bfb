internal import Digest

/// Turns a line of a list into checked pixels and labels of the network's input size.
struct SampleReader: Sendable {
  let geometry: DataConfiguration.Geometry
  private let classes: Int
  private let channels: Int
  /// `[256]`: the label of each id of a mask, and whether a mask may hold it.
  private let labels: [UInt8]
  private let isKnown: [Bool]
  /// `[K][256]`: of several masks, the bits of a label that each id sets; empty where there is one.
  private let bits: [[UInt8]]
  /// Of images of more than 8 bits.
  private let range: DataConfiguration.ValueRange?
  /// `[65536]`: the pixel of each sample of 16 bits; empty where they are rounded to 8.
  private let wide: [UInt8]

  init(_ configuration: DataConfiguration) {
    classes = configuration.classes.count
    geometry = configuration.geometry
    channels = configuration.channels
    range = configuration.range
    wide = range?.pixels ?? []
    let ignored = (0..<256).map { configuration.ignore.contains($0) }
    guard configuration.labelling == .exclusive else {
      // What the masks make together is labels already.
      (labels, isKnown) = ((0...255).map { $0 }, Array(repeating: true, count: 256))
      bits = (0..<classes).map { label in
        (0..<256).map { id in ignored[id] ? Labels.ignored : id == 0 ? 0 : 1 << label }
      }
      return
    }
    bits = []
    labels = (0..<256).map { id in
      ignored[id] || id >= configuration.classes.count ? Labels.ignored : UInt8(id)
    }
    isKnown = (0..<256).map { id in ignored[id] || id < configuration.classes.count }
  }

  /// Reads and checks the files.
  ///
  /// - Parameter buffers: what the sample lies in: letting go of it before the next is read saves
  ///   new memory.
  /// - Throws: ``DataError`` with everything that is wrong with the files.
  func read(
    _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> (sample: LoadedSample, facts: SampleFacts) {
    var problems: [DataProblem] = []
    var image: (extent: DecodedExtent, digest: SHA256.Value)?
    do throws(ImageError) {
      image = try readImage(sample, &buffers)
    } catch {
      problems.append(sample.problem("image \(sample.image): \(error.reason)"))
    }
    var masks: [SHA256.Value] = []
    for index in 0..<sample.masks {
      let file = sample.mask(of: index)
      do throws(ImageError) {
        masks.append(try readMask(file, &buffers))
        if let image {
          problems += disagreement(
            sample, image: image.extent.fileSize, file, buffers.mask.size)
        }
        if problems.isEmpty { gather(index, &buffers) }
      } catch {
        problems.append(sample.problem("mask \(file.path): \(error.reason)"))
      }
    }
    var region: SHA256.Value?
    if let path = sample.roi {
      do throws(ImageError) {
        let digest = try buffers.readFile(path)
        try buffers.decodeRegion()
        region = digest
      } catch {
        problems.append(sample.problem("region \(path): \(error.reason)"))
      }
    }
    guard let image, problems.isEmpty else { throw DataError(problems) }
    try checkCrop(sample, image.extent.fileSize)
    try checkIDs(sample, buffers.mask)
    if region != nil {
      try check(sample, image: image.extent.fileSize, region: buffers.region.size)
      buffers.ignoreOutside()
    }
    return (
      buffers.shape(image.extent, geometry, channels: channels, labels: labels),
      SampleFacts(
        originalSize: image.extent.fileSize,
        digest: SampleDigest(
          image: image.digest, mask: masks[0], otherMasks: Array(masks.dropFirst()), roi: region))
    )
  }

  /// Reads files again that were checked before.
  ///
  /// - Throws: ``DataError`` where they cannot be read or are not the same any more.
  func read(
    _ sample: ListedSample, unchangedSince digest: SampleDigest, _ buffers: inout SampleBuffers
  ) throws(DataError) -> LoadedSample {
    var (kind, path) = ("image", sample.image)
    do throws(ImageError) {
      let extent = try readImage(sample, unchangedSince: digest.image, &buffers).extent
      kind = "mask"
      for index in 0..<sample.masks {
        let file = sample.mask(of: index)
        path = file.path
        _ = try readMask(file, unchangedSince: digest.mask(of: index), &buffers)
        gather(index, &buffers)
      }
      if let roi = sample.roi {
        (kind, path) = ("region", roi)
        guard try buffers.readFile(path) == digest.roi else { throw Self.changed }
        try buffers.decodeRegion()
        buffers.ignoreOutside()
      }
      return buffers.shape(extent, geometry, channels: channels, labels: labels)
    } catch {
      throw DataError(sample.problem("\(kind) \(path): \(error.reason)"))
    }
  }

  /// - Parameter digest: what was read before; `nil` the first time.
  private func readImage(
    _ sample: ListedSample, unchangedSince digest: SHA256.Value? = nil,
    _ buffers: inout SampleBuffers
  ) throws(ImageError) -> (extent: DecodedExtent, digest: SHA256.Value) {
    if let slice = sample.imageSlice {
      let image = try buffers.readImage(slice, range: range)
      guard digest == nil || image.digest == digest else { throw Self.changed }
      return image
    }
    let found = try buffers.readFile(sample.image)
    guard digest == nil || found == digest else { throw Self.changed }
    return (try buffers.decodeImage(least: wanted, wide: wide), found)
  }

  /// - Parameter digest: what was read before; `nil` the first time.
  private func readMask(
    _ file: ListedMask, unchangedSince digest: SHA256.Value? = nil,
    _ buffers: inout SampleBuffers
  ) throws(ImageError) -> SHA256.Value {
    let found =
      if let slice = file.slice {
        try buffers.readMask(slice)
      } else {
        try buffers.readFile(file.path)
      }
    guard digest == nil || found == digest else { throw Self.changed }
    if file.slice == nil { try buffers.decodeMask() }
    return found
  }

  /// Takes in what one of several masks says; the last of them makes labels of all.
  private func gather(_ index: Int, _ buffers: inout SampleBuffers) {
    guard !bits.isEmpty else { return }
    buffers.gather(by: bits[index], isFirst: index == 0)
    if index == bits.count - 1 { buffers.useGathered() }
  }

  /// Looks at what the two files say of themselves without decoding them.
  ///
  /// - Returns: the size of the image as it is stored.
  func inspect(
    _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> Size {
    var problems: [DataProblem] = []
    var image: Size?
    do throws(ImageError) {
      if let slice = sample.imageSlice {
        image = try buffers.volumes.extent(of: slice).size
      } else {
        try FileBytes.read(sample.image, into: &buffers.file)
        image = try ImageFile.header(buffers.file).size
      }
    } catch {
      problems.append(sample.problem("image \(sample.image): \(error.reason)"))
    }
    for index in 0..<sample.masks {
      let file = sample.mask(of: index)
      do throws(ImageError) {
        let size = try extent(ofMask: file, &buffers)
        if let image { problems += disagreement(sample, image: image, file, size) }
      } catch {
        problems.append(sample.problem("mask \(file.path): \(error.reason)"))
      }
    }
    var region: Size?
    if let path = sample.roi {
      do throws(ImageError) {
        try FileBytes.read(path, into: &buffers.file)
        let header = try ImageFile.header(buffers.file)
        if !header.holdsIDs { try buffers.decodeRegion() }
        region = header.size
      } catch {
        problems.append(sample.problem("region \(path): \(error.reason)"))
      }
    }
    guard let image, problems.isEmpty else { throw DataError(problems) }
    try checkCrop(sample, image)
    if let region { try check(sample, image: image, region: region) }
    return image
  }
}

/// A sample of the network's input size: ids turned into labels, pixels not yet normalised.
struct LoadedSample: Sendable {
  let raster: Raster
  /// `[H, W]`.
  let labels: [UInt8]

  var bytes: Int { raster.pixels.count + labels.count }

  /// The same in memory of its own, as small as it can be.
  var copy: LoadedSample {
    LoadedSample(
      raster: Raster(
        size: raster.size, channels: raster.channels,
        pixels: raster.pixels.withUnsafeBufferPointer { Array($0) }),
      labels: labels.withUnsafeBufferPointer { Array($0) })
  }
}

/// What reading a sample's files told of them.
struct SampleFacts: Sendable {
  /// As the files store it.
  let originalSize: Size
  let digest: SampleDigest
}

extension SampleReader {
  private func extent(
    ofMask file: ListedMask, _ buffers: inout SampleBuffers
  ) throws(ImageError) -> Size {
    if let slice = file.slice { return try buffers.volumes.extent(ofMask: slice).size }
    try FileBytes.read(file.path, into: &buffers.file)
    let header = try ImageFile.header(buffers.file)
    // Decoding says what is wrong with a file that is no mask.
    if !header.holdsIDs { try buffers.decodeMask() }
    return header.size
  }

  private static let changed = ImageError("has changed since the data was checked: start again")

  /// The extent that a JPEG must have when it is decoded; `nil` for its own. Twice that of the
  /// sample, so that it is the resizing that smooths.
  private var wanted: Size? {
    guard case .resize(let size) = geometry else { return nil }
    return Size(height: 2 * size.height, width: 2 * size.width)
  }

  private func disagreement(
    _ sample: ListedSample, image: Size, _ mask: ListedMask, _ size: Size
  ) -> [DataProblem] {
    guard image != size else { return [] }
    return [
      sample.problem(
        "image \(sample.imageName) is \(image), mask \(mask.name) is \(size) "
          + "(height × width): they must show the same pixels")
    ]
  }

  private func checkCrop(_ sample: ListedSample, _ image: Size) throws(DataError) {
    if case .crop(let size) = geometry, size.height > image.height || size.width > image.width {
      throw DataError(
        sample.problem(
          "image \(sample.imageName) is \(image), too small for data.crop \(size) "
            + "(height × width): crop less or use data.size"))
    }
  }

  private func check(_ sample: ListedSample, image: Size, region: Size) throws(DataError) {
    guard image != region, let path = sample.roi else { return }
    throw DataError(
      sample.problem(
        "image \(sample.imageName) is \(image), region \(path) is \(region) "
          + "(height × width): they must show the same pixels"))
  }

  private func checkIDs(_ sample: ListedSample, _ mask: Mask) throws(DataError) {
    let counts = histogram(of: mask.ids)
    let unknown = counts.indices.filter { counts[$0] > 0 && !isKnown[$0] }
    guard !unknown.isEmpty else { return }
    let shown = unknown.prefix(5).map { "\($0) (\(counts[$0]) pixels)" }.joined(separator: ", ")
    let more = unknown.count > 5 ? " and \(unknown.count - 5) more" : ""
    let isBlackAndWhite = unknown == [255] && counts[1..<255].allSatisfy { $0 == 0 }
    let remedy =
      isBlackAndWhite
      ? "a 0/255 mask? write 1 for 255, or add 255 to data.ignore where it means unlabelled"
      : "list the class, or add \(unknown.count == 1 ? "\(unknown[0])" : "them") to data.ignore"
    throw DataError(
      sample.problem(
        "mask \(sample.maskName) holds id \(shown)\(more), "
          + "but \(classes) classes are listed: \(remedy)"))
  }
}
