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
    var raster = Raster()
    _ = try decode(bytes, into: &raster)
    return raster
  }

  /// Decodes at the smallest of the scales 1/8, 2/8, 4/8 and 8/8 at which both axes are still at least
  /// those of `least`; by default, and where the file is smaller, at 8/8.
  static func decode(
    _ bytes: [UInt8], atLeast least: Size? = nil, into raster: inout Raster
  ) throws(ImageError) -> DecodedExtent {
    var header = ic_header()
    var message = ic_message()
    var eighths: Int32 = 8
    let least = least ?? Size(height: .init(Int32.max), width: .init(Int32.max))
    while true {
      let (done, isFilled) = raster.pixels.withRoom { room in
        let done = ic_jpeg_decode(
          bytes, bytes.count, Int32(least.height), Int32(least.width), &room, &header, &eighths,
          &message)
        return (done, room.filled == 1)
      }
      guard done == 1 else { throw message.error }
      let extent = DecodedExtent(
        fileSize: Size(height: Int(header.height), width: Int(header.width)),
        eighths: Int(eighths))
      raster.reshape(extent.size, channels: Int(header.channels), depth: .bits8)
      if isFilled { return extent }
    }
  }

  /// - Precondition: the raster is of 8 bits.
  /// - Parameter quality: 1…100.
  static func encode(_ raster: Raster, quality: Int) throws(ImageError) -> [UInt8] {
    precondition(raster.depth == .bits8, "JPEGs are of 8 bits")
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
