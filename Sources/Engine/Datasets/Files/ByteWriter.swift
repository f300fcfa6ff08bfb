internal import Digest

/// Numbers, texts and digests one after the other.
struct ByteWriter {
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
