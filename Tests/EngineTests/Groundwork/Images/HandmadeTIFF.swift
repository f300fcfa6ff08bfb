import Foundation

/// TIFF files byte by byte, for the tests: one strip or tile after the other, not compressed.
struct HandmadeTIFF {
  var isBigEndian = false
  /// BigTIFF has offsets of 64 bits.
  var isBig = false
  var pages: [Page] = []

  struct Page {
    /// Values of 16 or 32 bits by tag, without those that say where the pixels lie.
    var tags: [UInt16: [UInt32]] = [:]
    /// The strips, or tiles, as they are stored.
    var chunks: [[UInt8]] = []
    var isTiled = false
    /// ImageDescription; empty for none.
    var description = ""
  }

  /// Tags whose values are of 32 bits: where strips and tiles lie, and how long they are.
  private static let places: Set<UInt16> = [273, 278, 279, 324, 325]

  /// The tag whose value is a text.
  private static let description: UInt16 = 270

  /// A page of one strip.
  static func page(
    width: Int, height: Int, bits: Int = 8, samples: Int = 1, photometric: Int = 1,
    format: Int = 1, tags: [UInt16: [UInt32]] = [:], pixels: [UInt8]
  ) -> Page {
    var all: [UInt16: [UInt32]] = [
      256: [UInt32(width)], 257: [UInt32(height)],
      258: Array(repeating: UInt32(bits), count: samples), 259: [1], 262: [UInt32(photometric)],
      277: [UInt32(samples)], 278: [UInt32(height)],
      339: Array(repeating: UInt32(format), count: samples),
    ]
    all.merge(tags) { $1 }
    return Page(tags: all, chunks: [pixels])
  }

  static func file(_ page: Page) -> [UInt8] { HandmadeTIFF(pages: [page]).bytes }

  var bytes: [UInt8] {
    var file: [UInt8] = isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]
    file += isBig ? number(43, 2) + number(8, 2) + number(0, 2) : number(42, 2)
    let offsetBytes = isBig ? 8 : 4
    var link = file.count
    file += number(0, offsetBytes)
    for page in pages {
      let offsets = page.chunks.map { chunk in
        defer { file += chunk + (chunk.count % 2 == 0 ? [] : [0]) }
        return UInt32(file.count)
      }
      var tags = page.tags
      tags[page.isTiled ? 324 : 273] = offsets
      tags[page.isTiled ? 325 : 279] = page.chunks.map { UInt32($0.count) }
      if !page.description.isEmpty {
        tags[Self.description] = (Array(page.description.utf8) + [0]).map { UInt32($0) }
      }
      // Values that do not fit into an entry lie before the directory.
      var entries: [UInt8] = []
      for (tag, values) in tags.sorted(by: { $0.key < $1.key }) {
        let isText = tag == Self.description
        let isLong = values.contains { $0 > 0xFFFF } || Self.places.contains(tag)
        let data = values.flatMap { number(Int($0), isText ? 1 : isLong ? 4 : 2) }
        entries += number(Int(tag), 2) + number(isText ? 2 : isLong ? 4 : 3, 2)
        entries += number(values.count, offsetBytes)
        if data.count <= offsetBytes {
          entries += data + Array(repeating: 0, count: offsetBytes - data.count)
        } else {
          entries += number(file.count, offsetBytes)
          file += data
        }
      }
      file.replaceSubrange(link..<link + offsetBytes, with: number(file.count, offsetBytes))
      file += number(tags.count, isBig ? 8 : 2) + entries
      link = file.count
      file += number(0, offsetBytes)
    }
    return file
  }

  /// In the order of the file.
  func number(_ value: Int, _ count: Int) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? little.reversed() : little
  }

  /// Numbers as they lie in memory, for files of this machine's order.
  static func bytes(of values: [some BitwiseCopyable]) -> [UInt8] {
    values.withUnsafeBytes { Array($0) }
  }
}
