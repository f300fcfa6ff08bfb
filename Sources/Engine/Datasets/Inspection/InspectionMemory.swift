package import Digest
package import Groundwork

/// What was found in the files of one list, so that they need not be read again as long as they are the
/// same: digests by the files' stamps, and what is in a sample by the digests of its files.
package struct InspectionMemory: Sendable, Equatable {
  package private(set) var digests: [FilePath: StampedDigest] = [:]
  package private(set) var contents: [SHA256.Value: SampleContent.Recalled] = [:]

  /// What a file held when it had this stamp.
  package struct StampedDigest: Sendable, Hashable {
    let stamp: FileStamp
    package let digest: SHA256.Value
  }

  /// What is in a sample, if none of its files has changed since it was looked at.
  ///
  /// - Parameters:
  ///   - reading: how files are read, in words: what is known of another reading is not known of this one.
  ///   - stamps: of the files as they are now.
  func recall(
    _ sample: ListedSample, reading: String, _ stamps: FileStamps = FileStamps()
  ) -> SampleContent? {
    func digest(_ file: ListedFile) -> SHA256.Value? {
      guard let known = digests[file.path], stamps.stamp(of: file) == known.stamp else {
        return nil
      }
      return known.digest
    }
    let images = sample.stackedImages.compactMap(digest)
    let masks = sample.masks.compactMap(digest)
    let region = sample.region.map(digest)
    guard images.count == sample.stackedImages.count, masks.count == sample.masks.count else {
      return nil
    }
    let boxes = sample.boxes.map(digest)
    if let region, region == nil { return nil }
    if let boxes, boxes == nil { return nil }
    let found = SampleDigest(images: images, masks: masks, roi: region ?? nil, boxes: boxes ?? nil)
    return contents[found.key(reading)]?.content(found)
  }

  /// - Parameter stamps: the stamps of ``ListedSample/files``, taken before the files were read.
  package mutating func remember(
    _ sample: ListedSample, _ content: SampleContent, stamps: [FileStamp?], reading: String
  ) {
    let digest = content.facts.digest
    let found =
      digest.images + digest.masks + [digest.roi, digest.boxes].compactMap(\.self)
    for ((file, stamp), digest) in zip(zip(sample.files, stamps), found) {
      // What changed while it was read, or might have, is read again the next time.
      guard let stamp, stamp.isSettled, file.isUnchanged(since: stamp) else { return }
      digests[file.path] = StampedDigest(stamp: stamp, digest: digest)
    }
    contents[digest.key(reading)] = SampleContent.Recalled(content)
  }

  /// Forgets what files held when they had one of these stamps.
  mutating func forget(_ stamps: Set<FileStamp>) {
    guard !stamps.isEmpty else { return }
    digests = digests.filter { !stamps.contains($0.value.stamp) }
  }

  /// With what was found later in place of what it replaces. Where that would become more than there
  /// is room for, what was found before is forgotten.
  package func merging(_ later: InspectionMemory) -> InspectionMemory {
    let merged = InspectionMemory(
      digests: digests.merging(later.digests) { $1 },
      contents: contents.merging(later.contents) { $1 })
    let entries = merged.digests.count + merged.contents.count
    return entries > Self.maximumEntries ? later : merged
  }

  init() {}

  init(
    digests: [FilePath: StampedDigest], contents: [SHA256.Value: SampleContent.Recalled]
  ) {
    (self.digests, self.contents) = (digests, contents)
  }
}

extension SampleContent {
  /// What of it does not follow from the digests.
  package struct Recalled: Sendable, Hashable {
    package let size: Size
    let isUniform: Bool
    let depths: [PixelDepth]
    let white: Int?
    let extents: [ClosedRange<Double>?]
    let labels: LabelTally
    let trainedParts: Int

    init(
      size: Size, isUniform: Bool, depths: [PixelDepth], white: Int?,
      extents: [ClosedRange<Double>?],
      labels: LabelTally, trainedParts: Int
    ) {
      (self.size, self.isUniform, self.depths) = (size, isUniform, depths)
      (self.white, self.extents) = (white, extents)
      (self.labels, self.trainedParts) = (labels, trainedParts)
    }

    init(_ content: SampleContent) {
      self.init(
        size: content.facts.originalSize, isUniform: content.facts.isUniform,
        depths: content.facts.depths, white: content.facts.white,
        extents: content.facts.extents, labels: content.labels, trainedParts: content.trainedParts)
    }

    func content(_ digest: SampleDigest) -> SampleContent {
      return SampleContent(
        facts: SampleFacts(
          originalSize: size, digest: digest, isUniform: isUniform, depths: depths, white: white,
          extents: extents),
        labels: labels, trainedParts: trainedParts)
    }
  }
}

extension SampleDigest {
  /// The digest of the sample's file digests and of how the files are read.
  fileprivate func key(_ reading: String) -> SHA256.Value {
    var hash = SHA256()
    hash.update(line + "\n" + reading)
    return hash.finish()
  }
}

extension ListedSample {
  /// All files, in the order of the digests.
  package var files: [ListedFile] { stackedImages + masks + [region, boxes].compactMap(\.self) }
}
