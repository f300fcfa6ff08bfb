internal import Digest
internal import Foundation
internal import Groundwork

/// What was found in the samples of one list, for as long as their files are the same.
struct OverviewMemory: ListMemory, Equatable {
  static let kind = "overview"
  /// Changes with what is found out, and with how files are read.
  private static let version: UInt64 = 2
  /// More would take longer to load than it spares.
  private static let maximumSamples = 40_000

  private(set) var samples: [SHA256.Value: Remembered] = [:]

  struct Remembered: Equatable {
    let stamps: [FileStamp]
    let overview: SampleOverview
  }

  init() {}

  /// - Parameter samples: each with its files' stamps and what was found.
  init(
    _ samples: [(sample: ListedSample, stamps: [FileStamp], overview: SampleOverview)],
    reading: String
  ) {
    for entry in samples {
      self.samples[Self.key(entry.sample, reading)] = Remembered(
        stamps: entry.stamps, overview: entry.overview)
    }
  }

  /// What is in a sample, if none of its files has changed since it was looked at.
  ///
  /// - Parameter stamps: of the files as they are now.
  func recall(
    _ sample: ListedSample, _ reading: String, _ stamps: FileStamps = FileStamps()
  ) -> SampleOverview? {
    guard let known = samples[Self.key(sample, reading)] else { return nil }
    let files = sample.filesOfItsOwn
    guard files.count == known.stamps.count,
      zip(files, known.stamps).allSatisfy({ stamps.stamp(of: $0) == $1 })
    else { return nil }
    return known.overview
  }

  /// - Parameter stamps: those of the sample's own files, taken before these were read.
  mutating func remember(
    _ sample: ListedSample, _ overview: SampleOverview, _ stamps: [FileStamp?], _ reading: String
  ) {
    guard samples.count < Self.maximumSamples else { return }
    let files = sample.filesOfItsOwn
    // What changed while it was read, or might have, is read again the next time.
    let settled = zip(files, stamps).compactMap { file, stamp in
      stamp.flatMap { $0.isSettled && file.isUnchanged(since: $0) ? $0 : nil }
    }
    guard settled.count == files.count else { return }
    samples[Self.key(sample, reading)] = Remembered(stamps: settled, overview: overview)
  }

  /// Forgets samples whose files had one of these stamps.
  mutating func forget(_ stamps: Set<FileStamp>) {
    guard !stamps.isEmpty else { return }
    samples = samples.filter { stamps.isDisjoint(with: $0.value.stamps) }
  }

  private static func key(_ sample: ListedSample, _ reading: String) -> SHA256.Value {
    var hash = SHA256()
    // No path holds a zero.
    let region = sample.region.map { "\0roi=\($0.path)" } ?? ""
    let boxes = sample.boxes.map { "\0boxes=\($0.path)" } ?? ""
    hash.update(
      (sample.images + sample.masks).map(\.path.text).joined(separator: "\0") + region + boxes)
    hash.update("\0\0" + reading)
    return hash.finish()
  }

  /// The version; samples: key, stamps, size, white, digests, images with their channels, mask; and the
  /// SHA-256 of all that. Numbers are of 8 bytes, the lowest first.
  var encoded: [UInt8] {
    var bytes = ByteWriter()
    bytes.add(Self.version)
    bytes.add(UInt64(samples.count))
    for (key, known) in samples {
      bytes.add(key)
      bytes.add(UInt64(known.stamps.count))
      for stamp in known.stamps { bytes.add(stamp) }
      bytes.add(known.overview)
    }
    bytes.addDigest()
    return bytes.bytes
  }

  init?(encoded bytes: [UInt8]) {
    guard var reader = ByteReader(bytes), reader.number() == Self.version,
      let count = reader.count()
    else { return nil }
    for _ in 0..<count {
      guard let key = reader.digest(), let files = reader.count() else { return nil }
      var stamps: [FileStamp] = []
      for _ in 0..<files {
        guard let stamp = reader.stamp() else { return nil }
        stamps.append(stamp)
      }
      guard let overview = reader.sample() else { return nil }
      samples[key] = Remembered(stamps: stamps, overview: overview)
    }
  }
}

// MARK: - Writing

extension ByteWriter {
  mutating func add(_ stamp: FileStamp) {
    for number in [stamp.device, stamp.node] { add(number) }
    for number in [stamp.size, stamp.modified, stamp.changed] { add(UInt64(bitPattern: number)) }
  }

  fileprivate mutating func add(_ overview: SampleOverview) {
    let digest = overview.digest
    for number in [
      overview.size.height, overview.size.width, overview.white.map { $0 + 1 } ?? 0,
      digest.images.count, digest.masks.count, digest.roi == nil ? 0 : 1,
      digest.boxes == nil ? 0 : 1,
    ] { add(UInt64(number)) }
    for file in digest.images + digest.masks { add(file) }
    if let roi = digest.roi { add(roi) }
    if let boxes = digest.boxes { add(boxes) }
    add(UInt64(overview.images.count))
    for image in overview.images { add(image) }
    add(overview.mask == nil ? 0 : 1)
    if let mask = overview.mask { add(mask) }
  }

  private mutating func add(_ image: SampleOverview.ImageFacts) {
    for number in [
      image.depth.bytes, image.isBlank ? 1 : 0, image.hash == nil ? 0 : 1, image.channels.count,
    ] { add(UInt64(number)) }
    for word in image.hash?.words ?? [] { add(word) }
    for channel in image.channels {
      let moments = channel.moments
      add(moments.count)
      for number in [moments.mean, moments.squares] { add(number.bitPattern) }
      for number in [moments.least, moments.greatest] { add(UInt64(number.bitPattern)) }
      let histogram = channel.histogram
      add(UInt64(bitPattern: Int64(histogram.exponent)))
      add(UInt64(bitPattern: Int64(histogram.first)))
      add(UInt64(histogram.counts.count))
      for count in histogram.counts { add(count) }
    }
  }

  private mutating func add(_ mask: SampleOverview.MaskFacts) {
    let census = mask.census
    for number in [
      mask.values, mask.isImage ? 1 : 0, mask.isOfColours ? 1 : 0, census.labels.count,
    ] { add(UInt64(number)) }
    for number in [census.edges.rawValue, census.ignored, census.all] { add(number) }
    for label in census.labels {
      add(UInt64(bitPattern: Int64(label.value)))
      add(label.pixels)
      for number in [label.objects, label.specks] { add(UInt64(number)) }
    }
  }
}

// MARK: - Reading

extension ByteReader {
  mutating func stamp() -> FileStamp? {
    guard let device = number(), let node = number(), let size = number(),
      let modified = number(), let changed = number()
    else { return nil }
    return FileStamp(
      device: device, node: node, size: Int64(bitPattern: size),
      modified: Int64(bitPattern: modified), changed: Int64(bitPattern: changed))
  }

  fileprivate mutating func sample() -> SampleOverview? {
    guard let height = count(), let width = count(), let white = count(),
      let imageFiles = count(), let maskFiles = count(), let hasRegion = count(),
      let hasBoxes = count(), let images = digests(imageFiles), let masks = digests(maskFiles)
    else { return nil }
    var region: SHA256.Value?
    if hasRegion == 1 {
      guard let digest = digest() else { return nil }
      region = digest
    }
    var boxes: SHA256.Value?
    if hasBoxes == 1 {
      guard let digest = digest() else { return nil }
      boxes = digest
    }
    var facts: [SampleOverview.ImageFacts] = []
    guard let count = count() else { return nil }
    for _ in 0..<count {
      guard let image = image() else { return nil }
      facts.append(image)
    }
    guard let hasMask = self.count() else { return nil }
    var mask: SampleOverview.MaskFacts?
    if hasMask == 1 {
      guard let found = self.mask() else { return nil }
      mask = found
    }
    return SampleOverview(
      size: Size(height: height, width: width), images: facts, mask: mask,
      digest: SampleDigest(images: images, masks: masks, roi: region, boxes: boxes),
      white: white == 0 ? nil : white - 1)
  }

  private mutating func digests(_ count: Int) -> [SHA256.Value]? {
    var digests: [SHA256.Value] = []
    for _ in 0..<count {
      guard let digest = digest() else { return nil }
      digests.append(digest)
    }
    return digests
  }

  private mutating func numbers(_ count: Int) -> [UInt64]? {
    var numbers: [UInt64] = []
    for _ in 0..<count {
      guard let number = number() else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private mutating func integer() -> Int? { number().map { Int(Int64(bitPattern: $0)) } }

  private mutating func image() -> SampleOverview.ImageFacts? {
    guard let bytes = count(), let depth = PixelDepth(rawValue: bytes), let isBlank = count(),
      let hasHash = count(), let channels = count()
    else { return nil }
    var hash: PerceptualHash?
    if hasHash == 1 {
      guard let words = numbers(PerceptualHash.words) else { return nil }
      hash = PerceptualHash(words: words)
    }
    var values: [ChannelValues] = []
    for _ in 0..<channels {
      guard let channel = channel() else { return nil }
      values.append(channel)
    }
    return .init(channels: values, depth: depth, isBlank: isBlank == 1, hash: hash)
  }

  private mutating func channel() -> ChannelValues? {
    guard let pixels = number(), let mean = number(), let squares = number(),
      let least = number(), let greatest = number(),
      let exponent = integer(), let first = integer(),
      let bins = count(), bins <= ValueHistogram.maximumBins, let counts = numbers(bins)
    else { return nil }
    var moments = Moments()
    moments.count = pixels
    (moments.mean, moments.squares) = (Double(bitPattern: mean), Double(bitPattern: squares))
    moments.least = Float(bitPattern: UInt32(truncatingIfNeeded: least))
    moments.greatest = Float(bitPattern: UInt32(truncatingIfNeeded: greatest))
    return ChannelValues(
      moments: moments,
      histogram: ValueHistogram(exponent: exponent, first: first, counts: counts))
  }

  private mutating func mask() -> SampleOverview.MaskFacts? {
    guard let values = count(), let isImage = count(), let isOfColours = count(),
      let labels = count(), let edge = number(), let edges = MaskCensus.Edges(rawValue: edge),
      let ignored = number(), let all = number(), ignored <= all
    else { return nil }
    var counts: [MaskCensus.LabelCount] = []
    for _ in 0..<labels {
      guard let value = integer(), let pixels = number(), let objects = count(),
        let specks = count()
      else { return nil }
      counts.append(.init(value: value, pixels: pixels, objects: objects, specks: specks))
    }
    return .init(
      census: MaskCensus(labels: counts, ignored: ignored, all: all, edges: edges),
      values: values, isImage: isImage == 1, isOfColours: isOfColours == 1)
  }
}
