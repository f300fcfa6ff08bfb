@testable import Datasets
import Foundation
@testable import Tracking

/// PNG files written by the book (ISO/IEC 15948), uncompressed, so that tests of the program's own
/// reading do not rest on its own writing.
enum PlainPNG {
  enum Kind: UInt8 {
    case grey = 0
    case colour = 2
    var channels: Int { self == .grey ? 1 : 3 }
  }

  /// Samples of 16 bits, row by row.
  static func data(width: Int, height: Int, words: [UInt16]) -> Data {
    data(
      .grey, width: width, height: height,
      pixels: words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }, depth: 16)
  }

  /// - Parameters:
  ///   - pixels: 8 bits each, row by row, channels together.
  ///   - before: a chunk before the pixels.
  ///   - behind: a chunk behind them.
  static func data(
    _ kind: Kind, width: Int, height: Int, pixels: [UInt8], depth: UInt8 = 8,
    before: (name: String, bytes: [UInt8])? = nil, behind: (name: String, bytes: [UInt8])? = nil
  ) -> Data {
    let rowBytes = width * kind.channels * Int(depth) / 8
    precondition(pixels.count == rowBytes * height, "pixels do not fit the size")
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      rows += pixels[(row * rowBytes)..<((row + 1) * rowBytes)]
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += chunk(
      "IHDR",
      bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [depth, kind.rawValue, 0, 0, 0])
    if let before { file += chunk(before.name, before.bytes) }
    file += chunk("IDAT", stored(rows))
    if let behind { file += chunk(behind.name, behind.bytes) }
    return Data(file + chunk("IEND", []))
  }

  private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + bytes
    return bigEndian(UInt32(bytes.count)) + body + bigEndian(checksum(body))
  }

  /// A zlib stream (RFC 1950) of stored blocks (RFC 1951).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65535, bytes.count)
      let count = UInt16(end - start)
      stream.append(end == bytes.count ? 1 : 0)
      stream += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      stream += bytes[start..<end]
      start = end
    } while start < bytes.count
    return stream + bigEndian(adler(bytes))
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  /// CRC-32 of the chunk's name and bytes.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
      }
    }
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
  }
}
