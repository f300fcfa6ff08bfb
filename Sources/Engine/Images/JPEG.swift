internal import CImageCodecs

/// JPEG files in memory; ``ImageFile`` is the way to files on disk.
enum JPEG {
  /// The first bytes of every JPEG file.
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  static func header(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    var header = ic_header()
    var message = ic_message()
    guard ic_jpeg_header(bytes, bytes.count, &header, &message) == 1 else { throw message.error }
    return ImageHeader(header)
  }

  static func image(_ bytes: [UInt8]) throws(ImageError) -> Raster {
    let header = try header(bytes)
    let count = header.size.area * header.channels
    let pixels = try [UInt8].filled(count: count) { start throws(ImageError) in
      var message = ic_message()
      guard ic_jpeg_decode(bytes, bytes.count, start, &message) == 1 else { throw message.error }
    }
    return Raster(size: header.size, channels: header.channels, pixels: pixels)
  }

  /// - Parameter quality: 1…100.
  static func encode(_ raster: Raster, quality: Int) throws(ImageError) -> [UInt8] {
    var file = ic_file()
    var message = ic_message()
    guard
      ic_jpeg_encode(
        raster.pixels, Int32(raster.size.width), Int32(raster.size.height), Int32(raster.channels),
        Int32(quality), &file, &message) == 1
    else { throw message.error }
    return file.take()
  }
}
