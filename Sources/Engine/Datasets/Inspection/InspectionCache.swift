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
    load(InspectionMemory.self, for: list) ?? InspectionMemory()
  }

  func load<Memory: ListMemory>(_ type: Memory.Type, for list: FilePath) -> Memory? {
    guard let file = file(type, for: list), let bytes = try? FileBytes.read(file) else {
      return nil
    }
    return Memory(encoded: bytes)
  }

  func save<Memory: ListMemory>(_ memory: Memory, for list: FilePath) {
    guard let folder, let file = file(Memory.self, for: list) else { return }
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try? FileBytes.write(memory.encoded, to: file)
  }

  private func file(_ type: (some ListMemory).Type, for list: FilePath) -> String? {
    folder.map { "\($0)/\(type.kind)-\(SHA256.hex(of: list.text).prefix(16)).bin" }
  }
}

/// What is kept of a list in an ``InspectionCache``.
protocol ListMemory {
  /// What its files are called.
  static var kind: String { get }
  var encoded: [UInt8] { get }
  /// - Returns: `nil` where the bytes are not whole, or of another version.
  init?(encoded bytes: [UInt8])
}

extension InspectionMemory: ListMemory {
  static let kind = "data"
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
      bytes.add(known.stamp)
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
      guard let path = reader.text(), let stamp = reader.stamp(), let digest = reader.digest()
      else { return nil }
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
