internal import Groundwork

/// What the bytes of a chunk went through.
enum ZarrCodec: Hashable {
  case compression(Compression)
  /// CRC-32C behind the bytes.
  case checksum

  /// - Throws: ``ImageError`` where it is not read.
  init(_ name: String) throws(ImageError) {
    switch name {
    case "gzip", "zlib": self = .compression(.deflate)
    case "zstd", "numcodecs.zstd": self = .compression(.zstandard)
    case "blosc": self = .compression(.blosc)
    case "numcodecs.zlib", "numcodecs.gzip": self = .compression(.deflate)
    case "crc32c": self = .checksum
    default:
      throw ImageError(
        "is compressed by \(name.prefix(40)), which is not read: store it with gzip, zstd or blosc")
    }
  }
}

extension [ZarrCodec] {
  /// Checks that a chunk can be what its bytes become, before memory is taken for that: a description of a few
  /// bytes may claim any size.
  ///
  /// - Parameters:
  ///   - stored: bytes of the chunk in its file.
  ///   - decoded: bytes that come out.
  func check(stored: Int, decoded: Int) throws(ImageError) {
    let isCompressed = contains { if case .compression = $0 { true } else { false } }
    guard isCompressed else {
      let plain = stored - 4 * count
      guard plain == decoded else {
        throw ZarrMetadata.damage("has a chunk of \(plain) bytes in place of \(decoded)")
      }
      return
    }
    guard decoded <= Self.unquestioned || decoded / Self.largestRatio <= stored else {
      throw ImageError(
        "has a chunk of \(stored) bytes that is to become \(decoded >> 20) MiB, more than \(Self.largestRatio) "
          + "times as much: store it in chunks of at most \(Self.unquestioned >> 20) MiB, best of one slice each"
      )
    }
  }

  /// Chunks of so many bytes may be of one number, and compressed to nearly nothing.
  private static var unquestioned: Int { 128 << 20 }
  /// What deflate compresses at most.
  private static var largestRatio: Int { 1032 }

  /// The bytes of a chunk.
  ///
  /// - Parameter room: as many as come out.
  func decode(
    _ bytes: [UInt8], into room: UnsafeMutableRawBufferPointer
  ) throws(ImageError) {
    var bytes = bytes
    for (index, codec) in enumerated().reversed() {
      switch codec {
      case .checksum: try Self.takeChecksum(&bytes)
      case .compression(let compression):
        // Behind a compression at most a checksum is left, which no writer puts there.
        guard index == 0 else { throw Self.unknownSize }
        return try bytes.withBytes { (bytes) throws(ImageError) in
          try compression.decompress(bytes, into: room)
        }
      }
    }
    guard bytes.count == room.count else {
      throw ZarrMetadata.damage("has a chunk of \(bytes.count) bytes in place of \(room.count)")
    }
    bytes.withUnsafeBytes { room.copyMemory(from: $0) }
  }

  static func takeChecksum(_ bytes: inout [UInt8]) throws(ImageError) {
    let kept = bytes.count - 4
    let stored = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard kept >= 0,
      bytes.withUnsafeBytes({ Compression.checksum(UnsafeRawBufferPointer(rebasing: $0[..<kept])) })
        == stored
    else { throw ZarrMetadata.damage("has a chunk whose checksum is wrong") }
    bytes.removeLast(4)
  }

  private static var unknownSize: ImageError {
    ImageError("is compressed twice, which is not read: store it with one of gzip, zstd and blosc")
  }
}
