internal import CKernels
internal import Foundation
internal import Groundwork

/// Slices of an array that is stored in chunks.
final class ZarrArray: SliceArray {
  let layout: SliceLayout
  private let metadata: ZarrMetadata
  private let plan: AxisPlan
  private let folder: String
  /// The indices of the shards that were read last, by the names of their files; `nil` for those that are
  /// not there.
  private var indices: [String: ShardIndex?] = [:]

  init(_ node: ZarrNode, _ plan: AxisPlan) throws(ImageError) {
    (metadata, folder, self.plan) = (node.metadata, node.path, plan)
    var layout = try SliceLayout(
      slices: plan.sliceCount, height: plan.shape[plan.height], width: plan.shape[plan.width],
      channels: plan.channels, number: node.metadata.number)
    layout.depth = plan.depth
    layout.isBigEndian = node.metadata.isBigEndian
    self.layout = layout
  }

  func read(_ slice: Int, into room: UnsafeMutableRawBufferPointer) throws(ImageError) {
    let start = plan.start(of: slice)
    let end = zip(start, plan.extent).map(+)
    let first = zip(start, metadata.chunk).map(/)
    let last = zip(end, metadata.chunk).map { ($0 - 1) / $1 }
    var place = first
    while true {
      try copy(chunk: place, start, end, to: room)
      // The next chunk that the slice goes through.
      guard let axis = place.indices.last(where: { place[$0] < last[$0] }) else { return }
      place[axis] += 1
      for later in place.indices where later > axis { place[later] = first[later] }
    }
  }

  /// Copies what a chunk has of the block from `start` to `end`.
  private func copy(
    chunk place: [Int], _ start: [Int], _ end: [Int], to room: UnsafeMutableRawBufferPointer
  ) throws(ImageError) {
    let axes = start.indices
    let origin = axes.map { place[$0] * metadata.chunk[$0] }
    let from = axes.map { max(start[$0], origin[$0]) }
    let to = axes.map { min(end[$0], origin[$0] + metadata.chunk[$0]) }
    let counts = [plan.height, plan.width, plan.channel].map { axis in
      axis.map { to[$0] - from[$0] } ?? 1
    }
    let (width, channels, size) = (layout.size.width, layout.channels, layout.number.bytes)
    let target =
      ((from[plan.height] * width + from[plan.width]) * channels
        + (plan.channel.map { from[$0] } ?? 0)) * size
    guard let base = room.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let steps = [width * channels, channels, 1]
    guard let chunk = try bytes(of: place) else {
      return ck_fill_block(metadata.fill, base + target, steps, counts, size)
    }
    let chunkSteps = plan.allSteps(in: metadata.chunk, firstIsFastest: metadata.firstIsFastest)
    let source = axes.reduce(0) { $0 + (from[$1] - origin[$1]) * chunkSteps[$1] } * size
    chunk.withUnsafeBytes { chunk in
      ck_copy_block(
        chunk.baseAddress!.assumingMemoryBound(to: UInt8.self) + source,
        plan.steps(in: metadata.chunk, firstIsFastest: metadata.firstIsFastest), base + target,
        steps, counts, size)
    }
  }

  // MARK: - Chunks

  /// - Returns: `nil` where the chunk was never written: it holds the number that stands for all.
  private func bytes(of place: [Int]) throws(ImageError) -> [UInt8]? {
    let file = zip(place, metadata.chunksPerFile).map(/)
    let name = "\(folder)/\(metadata.key.name(file))"
    let within = zip(zip(place, metadata.chunksPerFile).map(%), metadata.chunksPerFile)
      .reduce(0) { $0 * $1.1 + $1.0 }
    let key = ChunkCache.Key(file: FilePath(name), part: within)
    return try ChunkCache.shared.bytes(key) { () throws(ImageError) in
      guard let stored = try self.stored(name, within) else { return nil }
      do throws(ImageError) {
        try metadata.codecs.check(stored: stored.count, decoded: metadata.chunkBytes)
        var chunk = [UInt8](repeating: 0, count: metadata.chunkBytes)
        try chunk.withMutableBytes { (room) throws(ImageError) in
          try metadata.codecs.decode(stored, into: room)
        }
        return chunk
      } catch {
        throw ImageError("chunk \(metadata.key.name(place)): \(error.reason)")
      }
    }
  }

  private func stored(_ file: String, _ part: Int) throws(ImageError) -> [UInt8]? {
    guard metadata.shard != nil else {
      return try openIfThere(file).map { file throws(ImageError) in
        guard file.count <= Self.largest else { throw PlainBytes.cutShort }
        return try file.bytes(at: 0, file.count)
      }
    }
    if indices[file] == nil {
      // Few, so that a store of many shards takes no more memory.
      if indices.count >= 64 { indices.removeAll() }
      indices[file] = try openIfThere(file).map { file throws(ImageError) in
        try ShardIndex(file, metadata)
      }
    }
    return try indices[file]??.bytes(part)
  }

  /// No chunk is larger.
  private static let largest = 1 << 30

  private func openIfThere(_ path: String) throws(ImageError) -> PlainBytes? {
    var status = stat()
    if stat(path, &status) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
    return try PlainBytes(path)
  }
}

/// Where the chunks of a shard lie in its file.
private struct ShardIndex {
  private let file: PlainBytes
  private let entries: [UInt8]

  init(_ file: PlainBytes, _ metadata: ZarrMetadata) throws(ImageError) {
    self.file = file
    let count = 16 * metadata.fileChunks + (metadata.shard?.hasChecksum == true ? 4 : 0)
    guard count <= file.count else { throw PlainBytes.cutShort }
    var entries = try file.bytes(
      at: metadata.shard?.indexIsFirst == true ? 0 : file.count - count, count)
    if metadata.shard?.hasChecksum == true { try [ZarrCodec].takeChecksum(&entries) }
    self.entries = entries
  }

  /// - Returns: `nil` where the chunk was never written.
  func bytes(_ part: Int) throws(ImageError) -> [UInt8]? {
    let fields = HeaderBytes(bytes: entries, isBigEndian: false)
    let (offset, count) = (fields.int64(16 * part), fields.int64(16 * part + 8))
    if offset == -1, count == -1 { return nil }
    guard offset >= 0, count >= 0, count <= file.count, offset <= file.count - count else {
      throw PlainBytes.cutShort
    }
    return try file.bytes(at: offset, count)
  }
}
