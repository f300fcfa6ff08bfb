internal import CImageCodecs

/// Where a PNG shows something.
package struct PNGOpacity: Sendable {
  package let size: Size
  /// `[H, W]`: true where the pixel is not transparent; in a file that says nothing of opacity, where it is
  /// not black.
  package let isShown: [Bool]

  /// - Throws: ``ImageError`` for anything but a sound PNG.
  package init(_ bytes: [UInt8]) throws(ImageError) {
    var pixels: [UInt8] = []
    var header = ic_header()
    var message = ic_message()
    while true {
      let (done, isFilled, needed) = pixels.withRoom { room in
        let done = ic_png_decode_opacity(bytes, bytes.count, &room, &header, &message)
        return (done, room.filled == 1, room.needed)
      }
      guard done == 1 else { throw message.error }
      if isFilled { break }
      pixels.resize(to: needed)
    }
    let hasOpacity = header.channels == 4
    size = Size(height: Int(header.height), width: Int(header.width))
    isShown = (0..<size.area).map { pixel in
      let place = 4 * pixel
      return hasOpacity ? pixels[place + 3] > 0 : pixels[place..<place + 3].contains { $0 > 0 }
    }
  }
}

/// Bytes that zlib made smaller.
package enum Zlib {
  /// - Throws: ``ImageError`` for what is none, or of more than `limit` bytes.
  package static func inflate(_ bytes: [UInt8], limit: Int) throws(ImageError) -> [UInt8] {
    var file = ic_file()
    var message = ic_message()
    guard ic_inflate_all(bytes, bytes.count, limit, &file, &message) == 1 else {
      throw message.error
    }
    return file.take()
  }
}
