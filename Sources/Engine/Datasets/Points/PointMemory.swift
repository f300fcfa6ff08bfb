package import Groundwork
internal import Synchronization

/// The files of points that were read last, as all blocks of a file are made of one reading.
package final class PointMemory: Sendable {
  /// What the threads of a process share.
  package static let shared = PointMemory()

  /// Bytes of files that are kept besides the last.
  package static let capacity = 256 << 20

  /// A file with what it is cut into.
  package struct Prepared: Sendable {
    package let cloud: PointCloud
    package let blocks: [PointBlock]

    var bytes: Int { cloud.bytes + blocks.reduce(0) { $0 + 4 * $1.members.count } }
  }

  private struct Key: Hashable {
    let part: PointPart
    let stamp: FileStamp
  }

  /// The last that was asked for is last.
  private let kept = Mutex<[(key: Key, prepared: Prepared)]>([])

  /// - Throws: ``ImageError`` where the files cannot be read.
  package func prepared(_ part: PointPart) throws(ImageError) -> Prepared {
    let whole = PointPart(file: part.file, labels: part.labels, settings: part.settings)
    guard let stamp = whole.stamp, stamp.isSettled else { return try Self.read(whole) }
    let key = Key(part: whole, stamp: stamp)
    let known = kept.withLock { kept -> Prepared? in
      guard let place = kept.firstIndex(where: { $0.key == key }) else { return nil }
      let found = kept.remove(at: place)
      kept.append(found)
      return found.prepared
    }
    if let known { return known }
    let found = try Self.read(whole)
    kept.withLock { kept in
      kept.removeAll { $0.key == key }
      kept.append((key, found))
      while kept.count > 1, kept.reduce(0, { $0 + $1.prepared.bytes }) > Self.capacity {
        kept.removeFirst()
      }
    }
    return found
  }

  /// About how many bytes are kept at most of some files, and how many a thread takes while it reads the largest:
  /// its bytes, and the numbers in them in double precision.
  static func bytes(of parts: [PointPart]) -> (all: Int, reading: Int) {
    let sizes = Set(parts.map(\.file)).map { FileStamp($0).map { Int($0.size) } ?? 0 }
    let largest = sizes.max() ?? 0
    return (max(largest, min(capacity, sizes.reduce(0, +))), 4 * largest)
  }

  private static func read(_ part: PointPart) throws(ImageError) -> Prepared {
    let cloud = try PointCloud(
      part.file.text, labels: part.labels?.text, part.settings.columns)
    return Prepared(cloud: cloud, blocks: try cloud.blocks(part.settings))
  }
}
