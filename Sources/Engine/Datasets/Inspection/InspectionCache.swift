internal import Digest
internal import Foundation
internal import Groundwork

/// Where what was found in data is kept from one command to the next: a file of the user's cache folder
/// for each list.
///
/// It spares reading; nothing depends on it. What is missing, damaged, of another version or not
/// writable is found anew.
package struct InspectionCache: Sendable {
  private let folder: String?

  /// - Parameter folder: made when it is needed; `nil` keeps nothing.
  package init(folder: String?) { self.folder = folder }

  package func load(for list: FilePath) -> InspectionMemory {
    guard let file = file(for: list), let bytes = try? FileBytes.read(file),
      let memory = InspectionMemory(encoded: bytes)
    else { return InspectionMemory() }
    return memory
  }

  func save(_ memory: InspectionMemory, for list: FilePath) {
    guard let folder, let file = file(for: list) else { return }
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try? FileBytes.write(memory.encoded, to: file)
  }

  private func file(for list: FilePath) -> String? {
    folder.map { "\($0)/data-\(SHA256.hex(of: list.text).prefix(16)).bin" }
  }
}

extension InspectionMemory {
  /// Changes with what is found out, and with how files are read.
  private static let version: UInt64 = 2
  /// More would take longer to load than it spares.
  static let maximumEntries = 500_000

  /// The version; digests: path, stamp, digest; contents: key, size, uniform, parts, white, depths
  /// with extents, pixels, ignored pixels and those of each class; and the SHA-256 of all that. Numbers are of 8 bytes, the lowest first.
  package var encoded: [UInt8] {
    var bytes = ByteWriter()
    bytes.add(Self.version)
    bytes.add(UInt64(digests.count))
    for (path, known) in digests {
      bytes.add(path.text)
      let stamp = known.stamp
      for number in [stamp.device, stamp.node] { bytes.add(number) }
      for number in [stamp.size, stamp.modified, stamp.changed] {
        bytes.add(UInt64(bitPattern: number))
      }
      bytes.add(known.digest)
    }
    bytes.add(UInt64(contents.count))
    for (key, content) in contents {
      bytes.add(key)
      for number in [
        content.size.height, content.size.width, content.isUniform ? 1 : 0, content.trainedParts,
        content.white.map { $0 + 1 } ?? 0, content.depths.count,
      ] { bytes.add(UInt64(number)) }
      for (depth, extent) in zip(content.depths, content.extents) {
        bytes.add(UInt64(depth.bytes))
        bytes.add(extent == nil ? 0 : 1)
        bytes.add((extent?.lowerBound ?? 0).bitPattern)
        bytes.add((extent?.upperBound ?? 0).bitPattern)
      }
      bytes.add(content.labels.all)
      bytes.add(content.labels.ignored)
      bytes.add(UInt64(content.labels.pixels.count))
      for count in content.labels.pixels { bytes.add(count) }
    }
    bytes.addDigest()
    return bytes.bytes
  }

  /// - Returns: `nil` where the bytes are not whole.
  init?(encoded bytes: [UInt8]) {
    guard var reader = ByteReader(bytes), reader.number() == Self.version else { return nil }
    var digests: [FilePath: StampedDigest] = [:]
    guard let files = reader.count() else { return nil }
    digests.reserveCapacity(files)
    for _ in 0..<files {
      guard let path = reader.text(), let device = reader.number(), let node = reader.number(),
        let size = reader.number(), let modified = reader.number(), let changed = reader.number(),
        let digest = reader.digest()
      else { return nil }
      let stamp = FileStamp(
        device: device, node: node, size: Int64(bitPattern: size),
        modified: Int64(bitPattern: modified), changed: Int64(bitPattern: changed))
      digests[FilePath(path)] = StampedDigest(stamp: stamp, digest: digest)
    }
    var contents: [SHA256.Value: SampleContent.Recalled] = [:]
    guard let samples = reader.count() else { return nil }
    contents.reserveCapacity(samples)
    for _ in 0..<samples {
      guard let key = reader.digest(), let height = reader.count(), let width = reader.count(),
        let isUniform = reader.count(), let trainedParts = reader.count(),
        let white = reader.count(), let images = reader.count()
      else { return nil }
      var depths: [PixelDepth] = []
      var extents: [ClosedRange<Double>?] = []
      for _ in 0..<images {
        guard let bytes = reader.count(), let depth = PixelDepth(rawValue: bytes),
          let isKnown = reader.count(), let least = reader.number(), let most = reader.number()
        else { return nil }
        let (lower, upper) = (Double(bitPattern: least), Double(bitPattern: most))
        guard lower <= upper else { return nil }
        depths.append(depth)
        extents.append(isKnown == 1 ? lower...upper : nil)
      }
      guard let all = reader.number(), let ignored = reader.number(), ignored <= all,
        let classes = reader.count()
      else { return nil }
      var labels = LabelTally(pixels: [], ignored: ignored, all: all)
      for _ in 0..<classes {
        guard let count = reader.number() else { return nil }
        labels.pixels.append(count)
      }
      contents[key] = SampleContent.Recalled(
        size: Size(height: height, width: width), isUniform: isUniform == 1, depths: depths,
        white: white == 0 ? nil : white - 1, extents: extents, labels: labels,
        trainedParts: trainedParts)
    }
    self.init(digests: digests, contents: contents)
  }
}

/// Numbers, texts and digests one after the other.
private struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func add(_ digest: SHA256.Value) { bytes += digest.bytes }

  /// Adds the digest of all that was added before.
  mutating func addDigest() {
    var hash = SHA256()
    hash.update(bytes)
    add(hash.finish())
  }
}

/// What a ``ByteWriter`` wrote.
private struct ByteReader {
  private let bytes: [UInt8]
  private var place = 0
  private let end: Int

  /// - Returns: `nil` where the digest at the end is not that of the rest.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= SHA256.Value.count else { return nil }
    (self.bytes, end) = (bytes, bytes.count - SHA256.Value.count)
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    guard hash.finish() == SHA256.Value(bytes: bytes[end...]) else { return nil }
  }

  mutating func number() -> UInt64? {
    guard let chunk = take(8) else { return nil }
    return chunk.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A number of things that the file can hold.
  mutating func count() -> Int? { number().flatMap { $0 < 1 << 40 ? Int($0) : nil } }

  mutating func text() -> String? {
    count().flatMap { take($0) }.flatMap { String(validating: $0, as: UTF8.self) }
  }

  mutating func digest() -> SHA256.Value? {
    take(SHA256.Value.count).flatMap { SHA256.Value(bytes: $0) }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= end - place else { return nil }
    defer { place += count }
    return bytes[place..<place + count]
  }
}
