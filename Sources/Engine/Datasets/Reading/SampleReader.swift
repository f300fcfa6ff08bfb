internal import Digest
package import Groundwork

/// Turns a line of a list into checked pixels and labels of the network's input size.
package struct SampleReader: Sendable {
  package let geometry: DataConfiguration.Geometry
  private let resizing: DataConfiguration.Resizing
  private let parts: [ImageStack.StackedImage]
  /// The codings of the masks of a sample, in the order of the masks.
  private let codings: [MaskCoding]
  private let reading: any TruthReading
  /// K.
  private let classes: Int
  private let decoding: ImageDecoding

  init(_ configuration: DataConfiguration) {
    geometry = configuration.geometry
    resizing = configuration.resizing
    parts = configuration.stack.stackedImages
    reading = configuration.reading
    classes = configuration.classes.count
    decoding = ImageDecoding(
      least: configuration.resizing == .antialiased ? configuration.geometry.decodedSize : nil,
      clipping: configuration.range.flatMap { $0.clips ? $0 : nil }, noData: configuration.noData)
    codings = reading.maskCodings(configuration.masks)
  }

  /// Reads and checks the files.
  ///
  /// - Parameter buffers: what the sample lies in: letting go of it before the next is read saves
  ///   new memory.
  /// - Throws: ``DataError`` with everything that is wrong with the files.
  package func read(
    _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> (sample: LoadedSample, facts: SampleFacts) {
    guard sample.slices.isEmpty else { return try readSlices(of: sample, &buffers) }
    let facts = try decode(sample, &buffers)
    return (shape(sample, &buffers), facts)
  }

  /// The same of a patch of a volume: the patches of its slices one after the other.
  private func readSlices(
    of sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> (sample: LoadedSample, facts: SampleFacts) {
    var facts: [SampleFacts] = []
    var problems: [DataProblem] = []
    buffers.beginStack(sample.slices.count)
    for part in sample.parts {
      do throws(DataError) {
        let (loaded, found) = try read(part, &buffers)
        facts.append(found)
        try stack(loaded, part, &buffers)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return (buffers.endStack(), buffers.shared(SampleFacts(slices: facts)))
  }

  private func stack(
    _ slice: LoadedSample, _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) {
    do throws(ImageError) { try buffers.stack(slice, isIgnored: sample.isMirrored) } catch {
      throw DataError(sample.problem("image", sample.images[0], error))
    }
  }

  /// Reads and checks the files, and says what is in them.
  ///
  /// - Throws: ``DataError`` with everything that is wrong with the files.
  package func look(
    at sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> SampleContent {
    var facts = try decode(sample, &buffers)
    facts.extents = sample.stackedImages.indices.map { buffers.extent(ofImage: $0) }
    let labels = buffers.storedLabels(
      parts, hasRegion: sample.region != nil, hasBlanks: decoding.noData != nil)
    return SampleContent(
      facts: facts, labels: reading.tally(labels, classes: classes),
      trainedParts: trainedParts(of: sample, facts.originalSize, &buffers))
  }

  /// How many of the sample's patches are trained on.
  private func trainedParts(
    of sample: ListedSample, _ size: Size, _ buffers: inout SampleBuffers
  ) -> Int {
    guard case .patches(let patches) = geometry, sample.patch == nil else { return 1 }
    let parts = patches.patches(of: size, sharesOut: false)
    guard patches.leastLabelled > 0 else { return parts.count }
    return parts.count { patch in
      let labels = buffers.shapedLabels(geometry, patch, hasRegion: sample.region != nil)
      return geometry.trains(on: reading.tally(labels, classes: classes))
    }
  }

  /// Decodes the files of a sample into the buffers.
  private func decode(
    _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> SampleFacts {
    buffers.begin()
    var problems: [DataProblem] = []
    func found<Value>(
      _ kind: String, _ file: ListedFile, _ read: () throws(ImageError) -> Value
    ) -> Value? {
      do throws(ImageError) {
        return try read()
      } catch {
        problems.append(sample.problem(kind, file, error))
        return nil
      }
    }
    let images = sample.stackedImages.enumerated().map { index, file in
      found("image", file) { () throws(ImageError) in
        let digest = try buffers.readImage(file, unchangedSince: nil, decoding)
        try buffers.requireLastImage(file, channels: parts[index].channels)
        return digest
      }
    }
    var white: Int?
    if !sample.masks.isEmpty, !buffers.holdsMasks(sample.masks) {
      for (index, file) in sample.masks.enumerated() {
        let facts = found("mask", file) { () throws(ImageError) in
          try readMask(file, at: index, unchangedSince: nil, &buffers)
        }
        white = white ?? facts ?? nil
      }
    }
    let region = sample.region.map { file in
      found("region", file) { () throws(ImageError) in
        try buffers.readRegion(file, unchangedSince: nil)
      }
    }
    let boxes = sample.boxes.map { file in
      found("boxes", file) { () throws(ImageError) in
        try BoxFile.read(file, unchangedSince: nil)
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    try check(sample, sizes: sample.stackedImages.indices.map { buffers.fileSize(ofImage: $0) })
    let size = buffers.fileSize(ofImage: 0)
    if sample.masks.isEmpty {
      buffers.ignoreAll(size, planes: reading.planes(classes: classes))
    } else {
      try check(sample, image: size, sample.masks[0], buffers.mask.size)
    }
    if region != nil { try check(sample, image: size, region: buffers.region.size) }
    if let found = boxes ?? nil { try check(sample, image: size, boxes: found.boxes) }
    let facts = SampleFacts(
      originalSize: size,
      digest: SampleDigest(
        images: images.compactMap(\.self),
        masks: sample.masks.isEmpty ? [] : buffers.maskDigests, roi: region ?? nil,
        boxes: boxes??.digest),
      isUniform: buffers.isUniform(),
      depths: sample.stackedImages.indices.map { buffers.depth(ofImage: $0) }, white: white)
    return buffers.shared(facts)
  }

  /// Reads files again that were checked before.
  ///
  /// - Throws: ``DataError`` where they cannot be read or are not the same any more.
  package func read(
    _ sample: ListedSample, unchangedSince digest: SampleDigest, _ buffers: inout SampleBuffers
  ) throws(DataError) -> LoadedSample {
    guard sample.slices.isEmpty else {
      buffers.beginStack(sample.slices.count)
      for (part, digest) in zip(sample.parts, digest.slices) {
        try stack(try read(part, unchangedSince: digest, &buffers), part, &buffers)
      }
      return buffers.endStack()
    }
    buffers.begin()
    var (kind, path) = ("", "")
    do throws(ImageError) {
      for (file, before) in zip(sample.stackedImages, digest.images) {
        (kind, path) = ("image", file.path.text)
        _ = try buffers.readImage(file, unchangedSince: before, decoding)
      }
      if !buffers.holdsMasks(sample.masks) {
        for (index, file) in sample.masks.enumerated() {
          (kind, path) = ("mask", file.path.text)
          _ = try readMask(file, at: index, unchangedSince: digest.masks[index], &buffers)
        }
      }
      if let region = sample.region {
        (kind, path) = ("region", region.path.text)
        _ = try buffers.readRegion(region, unchangedSince: digest.roi)
      }
      return shape(sample, &buffers)
    } catch {
      throw DataError(sample.problem("\(kind) \(path): \(error.reason)"))
    }
  }

  private func readMask(
    _ file: ListedFile, at index: Int, unchangedSince digest: SHA256.Value?,
    _ buffers: inout SampleBuffers
  ) throws(ImageError) -> Int? {
    try buffers.readMask(
      file, asPlane: index, of: codings.count, unchangedSince: digest, codings[index])
  }

  private func shape(_ sample: ListedSample, _ buffers: inout SampleBuffers) -> LoadedSample {
    buffers.shape(
      geometry, resizing, parts, sample.patch, hasRegion: sample.region != nil,
      hasBlanks: decoding.noData != nil)
  }

  /// Looks at what the files say of themselves without decoding them.
  ///
  /// - Returns: the size of the images as they are stored.
  package func inspect(
    _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> Size {
    var problems: [DataProblem] = []
    func found(
      _ kind: String, _ file: ListedFile, _ look: () throws(ImageError) -> Size
    ) -> Size? {
      do throws(ImageError) {
        return try look()
      } catch {
        problems.append(sample.problem(kind, file, error))
        return nil
      }
    }
    let images = sample.stackedImages.compactMap { file in
      found("image", file) { () throws(ImageError) in try buffers.size(of: file) }
    }
    let masks = sample.masks.compactMap { file in
      found("mask", file) { () throws(ImageError) in
        try buffers.size(ofMask: file, codings[0].meaning)
      }
    }
    let region = sample.region.flatMap { file in
      found("region", file) { () throws(ImageError) in try buffers.size(ofMask: file) }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    try check(sample, sizes: images)
    for (file, size) in zip(sample.masks, masks) {
      try check(sample, image: images[0], file, size)
    }
    if let region { try check(sample, image: images[0], region: region) }
    return images[0]
  }
}

extension SampleReader {
  /// Checks that all images of a sample are of one size.
  func check(_ sample: ListedSample, sizes: [Size]) throws(DataError) {
    guard let index = sizes.firstIndex(where: { $0 != sizes[0] }) else { return }
    throw DataError(
      sample.problem(
        "image \(sample.stackedImages[0].name) is \(sizes[0]), "
          + "\(sample.stackedImages[index].name) is \(sizes[index]) (height × width): what is seen together must be of one size"
      ))
  }

  func check(
    _ sample: ListedSample, image: Size, _ mask: ListedFile, _ size: Size
  ) throws(DataError) {
    if image != size {
      throw DataError(
        sample.problem(
          "image \(sample.imageName) is \(image), mask \(mask.name) is \(size) "
            + "(height × width): they must show the same pixels"))
    }
    if case .crop(let size) = geometry, size.height > image.height || size.width > image.width {
      throw DataError(
        sample.problem(
          "image \(sample.imageName) is \(image), too small for data.crop \(size) "
            + "(height × width): crop less or use data.size"))
    }
  }

  func check(_ sample: ListedSample, image: Size, region: Size) throws(DataError) {
    guard image != region, let path = sample.region?.path else { return }
    throw DataError(
      sample.problem(
        "image \(sample.imageName) is \(image), region \(path) is \(region) "
          + "(height × width): they must show the same pixels"))
  }
}

extension SampleReader {
  private func check(
    _ sample: ListedSample, image: Size, boxes: BoxFile
  ) throws(DataError) {
    guard let file = sample.boxes else { return }
    do throws(ImageError) {
      try boxes.check(image, classes: classes)
    } catch {
      throw DataError(sample.problem("boxes", file, error))
    }
  }
}

extension DataConfiguration.Geometry {
  /// The extent that a JPEG must have when it is decoded; `nil` for its own. Twice that of the
  /// sample, so that it is the resizing that smooths.
  fileprivate var decodedSize: Size? {
    guard case .resize(let size) = self else { return nil }
    return Size(height: 2 * size.height, width: 2 * size.width)
  }
}
