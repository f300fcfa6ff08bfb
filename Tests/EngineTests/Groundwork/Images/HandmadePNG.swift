@testable import Datasets

/// A PNG written byte by byte after the standard (ISO/IEC 15948), without libpng: what the decoder
/// is checked against, and what no encoder would write.
struct HandmadePNG {
  enum Colour: UInt8 { case grey = 0, rgb = 2, palette = 3, greyAlpha = 4, rgbAlpha = 6 }
  var width: Int
  var height: Int
  var depth: Int
  var colour: Colour
  /// Packed scanlines, in the order of the file; with `isInterlaced` those of the seven passes.
  var rows: [[UInt8]]
  var isInterlaced = false
  /// RGB triples.
  var palette: [UInt8] = []
  var exif: [UInt8] = []
  /// Chunks before and behind the pixels.
  var leading: [UInt8] = []
  var trailing: [UInt8] = []

  var bytes: [UInt8] {
    var header = Self.bigEndian(width) + Self.bigEndian(height)
    header += [UInt8(depth), colour.rawValue, 0, 0, isInterlaced ? 1 : 0]
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += Self.chunk("IHDR", header)
    if !palette.isEmpty { file += Self.chunk("PLTE", palette) }
    if !exif.isEmpty { file += Self.chunk("eXIf", exif) }
    file += leading + Self.chunk("IDAT", Self.stored(rows.flatMap { [0] + $0 }))
    return file + trailing + Self.chunk("IEND", [])
  }

  /// Samples of `depth` bits packed into bytes, the first in the highest bits.
  static func packed(_ samples: [Int], depth: Int) -> [UInt8] {
    if depth == 16 { return samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
    let perByte = 8 / depth
    return stride(from: 0, to: samples.count, by: perByte).map { start in
      (0..<perByte).reduce(UInt8(0)) { byte, k in
        let sample = start + k < samples.count ? samples[start + k] : 0
        return byte | UInt8(sample) << (8 - depth * (k + 1))
      }
    }
  }

  /// The scanlines of Adam7's passes for one byte a pixel.
  static func interlaced(width: Int, height: Int, _ pixel: (_ x: Int, _ y: Int) -> UInt8)
    -> [[UInt8]]
  {
    let passes = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ]
    return passes.flatMap { left, top, across, down in
      left >= width
        ? []
        : stride(from: top, to: height, by: down).map { y in
          stride(from: left, to: width, by: across).map { pixel($0, y) }
        }
    }
  }

  static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + content
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in named {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return bigEndian(content.count) + named + bigEndian(Int(~crc))
  }

  /// A zlib stream of one stored block.
  static func stored(_ data: [UInt8]) -> [UInt8] {
    var (a, b) = (1, 0)
    for byte in data {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let count = [UInt8(data.count & 255), UInt8(data.count >> 8)]
    return [0x78, 0x01, 0x01] + count + count.map { ~$0 } + data + bigEndian(b << 16 | a)
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) }
  }
}

/// A TIFF block that says nothing but the orientation.
func exifBlock(orientation: UInt8, littleEndian: Bool = true) -> [UInt8] {
  littleEndian
    ? [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
    : [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
}
