internal import CKernels
internal import Digest

/// Turns a line of a list into checked pixels and labels of the network's input size.
struct SampleReader: Sendable {
  private let classes: Int
  private let geometry: DataConfiguration.Geometry
  private let channels: Int
  /// `[256]`: the label of each id of a mask; `nil` where no mask may hold it.
  private let labels: [UInt8?]

  init(_ configuration: DataConfiguration) {
    classes = configuration.classes.count
    geometry = configuration.geometry
    channels = configuration.channels
    labels = (0..<256).map { id in
      if configuration.ignore.contains(id) { return Labels.ignored }
      return id < configuration.classes.count ? UInt8(id) : nil
    }
  }

  /// - Throws: ``DataError`` with everything that is wrong with the two files.
  func read(_ sample: ListedSample) throws(DataError) -> LoadedSample {
    var problems: [DataProblem] = []
    let image = attempt(sample, "image", sample.image, &problems) { bytes throws(ImageError) in
      (value: try ImageFile.image(bytes), digest: SHA256.hex(of: bytes))
    }
    let mask = attempt(sample, "mask", sample.mask, &problems) { bytes throws(ImageError) in
      (value: try ImageFile.mask(bytes), digest: SHA256.hex(of: bytes))
    }
    guard let image, let mask else { throw DataError(problems) }
    try check(sample, image: image.value.size, mask: mask.value.size)
    let raster = shaped(image.value.converted(toChannels: channels))
    let labels = try labels(of: mask.value, sample)
    return LoadedSample(
      originalSize: image.value.size, raster: raster, labels: labels,
      digest: SampleDigest(image: image.digest, mask: mask.digest))
  }

  /// Looks at what the two files say of themselves without decoding them.
  ///
  /// - Returns: the size of the image as it is stored.
  func inspect(_ sample: ListedSample) throws(DataError) -> Size {
    var problems: [DataProblem] = []
    let image = attempt(sample, "image", sample.image, &problems) { bytes throws(ImageError) in
      try ImageFile.header(bytes).size
    }
    let mask = attempt(sample, "mask", sample.mask, &problems) { bytes throws(ImageError) in
      let header = try ImageFile.header(bytes)
      return header.holdsIDs ? header.size : try ImageFile.mask(bytes).size
    }
    guard let image, let mask else { throw DataError(problems) }
    try check(sample, image: image, mask: mask)
    return image
  }
}

/// A sample as it is kept: decoded, resized or cropped, ids turned into labels.
struct LoadedSample: Sendable {
  /// Of the files.
  let originalSize: Size
  let raster: Raster
  /// `[H, W]`.
  let labels: [UInt8]
  let digest: SampleDigest
}

extension SampleReader {
  private func attempt<Value>(
    _ sample: ListedSample, _ kind: String, _ path: String, _ problems: inout [DataProblem],
    _ decode: ([UInt8]) throws(ImageError) -> Value
  ) -> Value? {
    do throws(ImageError) {
      return try decode(FileBytes.read(path))
    } catch {
      problems.append(sample.problem("\(kind) \(path): \(error.reason)"))
      return nil
    }
  }

  private func check(_ sample: ListedSample, image: Size, mask: Size) throws(DataError) {
    if image != mask {
      throw DataError(
        sample.problem(
          "image \(sample.imageName) is \(image), mask \(sample.maskName) is \(mask) "
            + "(height × width): they must show the same pixels"))
    }
    if case .crop(let size) = geometry, size.height > image.height || size.width > image.width {
      throw DataError(
        sample.problem(
          "image \(sample.imageName) is \(image), too small for data.crop \(size) "
            + "(height × width): crop less or use data.size"))
    }
  }

  private func shaped(_ raster: Raster) -> Raster {
    switch geometry {
    case .original: raster
    case .resize(let size): raster.resized(to: size)
    case .crop(let size): raster.croppedToCentre(size)
    }
  }

  private func labels(of mask: Mask, _ sample: ListedSample) throws(DataError) -> [UInt8] {
    let counts = histogram(of: mask.ids)
    let unknown = counts.indices.filter { counts[$0] > 0 && labels[$0] == nil }
    guard unknown.isEmpty else {
      throw DataError(unknownIDs(unknown, counts, sample))
    }
    let shaped =
      switch geometry {
      case .original: mask
      case .resize(let size): mask.resized(to: size)
      case .crop(let size): mask.croppedToCentre(size)
      }
    var ids = shaped.ids
    ck_map_bytes(&ids, ids.count, labels.map { $0 ?? Labels.ignored })
    return ids
  }

  private func unknownIDs(
    _ unknown: [Int], _ counts: [UInt64], _ sample: ListedSample
  ) -> DataProblem {
    let shown = unknown.prefix(5).map { "\($0) (\(counts[$0]) pixels)" }.joined(separator: ", ")
    let more = unknown.count > 5 ? " and \(unknown.count - 5) more" : ""
    let isBlackAndWhite = unknown == [255] && counts[1..<255].allSatisfy { $0 == 0 }
    let remedy =
      isBlackAndWhite
      ? "a 0/255 mask? write 1 for 255, or add 255 to data.ignore where it means unlabelled"
      : "list the class, or add \(unknown.count == 1 ? "\(unknown[0])" : "them") to data.ignore"
    return sample.problem(
      "mask \(sample.maskName) holds id \(shown)\(more), "
        + "but \(classes) classes are listed: \(remedy)")
  }
}
