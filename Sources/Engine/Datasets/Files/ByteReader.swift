internal import Digest

/// What a ``ByteWriter`` wrote.
struct ByteReader {
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
