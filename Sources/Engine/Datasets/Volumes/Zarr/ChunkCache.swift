internal import Groundwork
internal import Synchronization

/// The chunks that were decompressed last, for all threads: slices of one chunk follow each other, and a
/// thread beside has its neighbours.
///
/// It decides no value: what a chunk holds follows from its file.
final class ChunkCache: Sendable {
  /// Bytes that all chunks together may take.
  let capacity: Int
  private let state = Mutex(State())

  static let shared = ChunkCache(capacity: 64 << 20)

  struct Key: Hashable {
    let file: FilePath
    /// Within a shard.
    let part: Int
  }

  private struct State {
    var chunks: [Key: (bytes: [UInt8], used: Int, stamp: FileStamp?)] = [:]
    var total = 0
    var clock = 0
  }

  init(capacity: Int) { self.capacity = capacity }

  /// - Parameter read: what is asked where the chunk is not kept; `nil` where there is none.
  func bytes(
    _ key: Key, _ read: () throws(ImageError) -> [UInt8]?
  ) throws(ImageError) -> [UInt8]? {
    // A file that was changed is read anew.
    let stamp = FileStamp(key.file)
    let known = state.withLock { state -> [UInt8]? in
      guard let chunk = state.chunks[key], chunk.stamp == stamp else { return nil }
      state.clock += 1
      state.chunks[key]?.used = state.clock
      return chunk.bytes
    }
    if let known { return known }
    guard let bytes = try read() else { return nil }
    guard bytes.count <= capacity / 2 else { return bytes }
    state.withLock { state in
      if let old = state.chunks.removeValue(forKey: key) { state.total -= old.bytes.count }
      while state.total + bytes.count > capacity,
        let oldest = state.chunks.min(by: { $0.value.used < $1.value.used })
      {
        state.chunks[oldest.key] = nil
        state.total -= oldest.value.bytes.count
      }
      state.clock += 1
      state.chunks[key] = (bytes, state.clock, stamp)
      state.total += bytes.count
    }
    return bytes
  }
}
