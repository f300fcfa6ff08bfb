internal import Foundation
internal import Groundwork
internal import Synchronization

/// What a file of gzip or zlib holds.
///
/// Such a file cannot be read from its middle. As long as slices are wanted in their order it is decompressed
/// as it comes. Where one is wanted that lies elsewhere, the file is decompressed once, and the state of the
/// decompression is kept where each part of it begins: a slice then costs the part that it lies in. All
/// threads share these states. They take 24 bytes of memory a part, and 32 KiB in a temporary file without a
/// name.
final class CompressedBytes: ByteSource {
  private let file: CompressedFile
  private let key: Key
  /// `nil` while everything was read in its order.
  private var points: CompressedFile.Points?
  /// Bytes that must be there; `nil` while only a header was read.
  private var needed: Int?
  /// Behind what was read last.
  private var position = 0

  private struct Key: Hashable {
    let path: FilePath
    let stamp: FileStamp?
    let start: Int
  }

  /// - Parameter start: where the compressed bytes begin.
  init(_ path: String, start: Int = 0) throws(ImageError) {
    file = try CompressedFile(path: path, start: UInt64(start))
    key = Key(path: FilePath(path), stamp: FileStamp(FilePath(path)), start: start)
  }

  func read(at offset: Int, into room: UnsafeMutableRawBufferPointer) throws(ImageError) {
    let isNext = (0...Self.smallestPart).contains(offset - position)
    if points == nil, let needed, !isNext || Self.known.has(key) {
      points = try Self.known.points(key) { () throws(ImageError) in
        try file.points(needed: UInt64(needed), span: UInt64(Self.part(of: needed)))
      }
    }
    try file.read(at: UInt64(offset), points, into: room)
    position = offset + room.count
  }

  func require(_ count: Int) { needed = count }

  private static let smallestPart = 1 << 20
  private static let largestPart = 8 << 20

  /// About 64 parts.
  private static func part(of count: Int) -> Int {
    min(max(count / 64, smallestPart), largestPart)
  }

  /// The states of the files that were opened, for all threads: what they are follows from the files.
  private static let known = KnownPoints()

  private final class KnownPoints: Sendable {
    private let all = Mutex<[Key: CompressedFile.Points]>([:])
    /// One file at a time is gone through: the others would want the same.
    private let making = Mutex<Void>(())

    func has(_ key: Key) -> Bool { all.withLock { $0[key] != nil } }

    func points(
      _ key: Key, _ make: () throws(ImageError) -> CompressedFile.Points
    ) throws(ImageError) -> CompressedFile.Points {
      if let points = all.withLock({ $0[key] }) { return points }
      return try making.withLock { _ throws(ImageError) in
        if let points = all.withLock({ $0[key] }) { return points }
        let points = try make()
        all.withLock { $0[key] = points }
        return points
      }
    }
  }
}
