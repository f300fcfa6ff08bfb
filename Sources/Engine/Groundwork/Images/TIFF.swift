internal import CImageCodecs
internal import Foundation

/// TIFF files; ``ImageFile`` is the way to those that are one image, and this to the pages of others.
package final class TIFF {
  private let file: OpaquePointer
  /// For what is said of pages besides their pixels.
  var handle: OpaquePointer { file }
  /// What the file is read from, where it is memory.
  private let bytes: [UInt8]
  /// What it is read from else; negative where it is memory.
  private let descriptor: Int32

  /// The first bytes of a TIFF and of a BigTIFF, the lowest byte first or last.
  static let signatures: [[UInt8]] = [
    [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43],
  ]

  /// A file in memory.
  init(_ bytes: [UInt8]) throws(ImageError) {
    var message = ic_message()
    // The storage of an array that is kept stays where it is.
    let file = bytes.withUnsafeBufferPointer {
      ic_tiff_open_bytes($0.baseAddress, $0.count, &message)
    }
    guard let file else { throw message.error }
    (self.file, self.bytes, descriptor) = (file, bytes, -1)
  }

  /// A file that is read where it is, a page at a time.
  ///
  /// - Throws: ``ImageError`` with the system's words; also for what is no TIFF.
  package init(path: String) throws(ImageError) {
    try FileBytes.requireFile(path)
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImageError(String(cString: strerror(errno))) }
    var start = [UInt8](repeating: 0, count: 512)
    let count = pread(descriptor, &start, start.count, 0)
    start.removeLast(start.count - max(0, count))
    guard Self.signatures.contains(where: { start.starts(with: $0) }) else {
      close(descriptor)
      throw ImageError("is no TIFF: " + FileKind.complaint(of: start))
    }
    var message = ic_message()
    guard let file = ic_tiff_open_file(descriptor, &message) else {
      close(descriptor)
      throw message.error
    }
    (self.file, bytes, self.descriptor) = (file, [], descriptor)
  }

  deinit {
    ic_tiff_close(file)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Thumbnails and masks of transparency left out.
  package var pages: Int { Int(ic_tiff_pages(file)) }

  package func header(page: Int) throws(ImageError) -> ImageHeader {
    var header = ic_header()
    var message = ic_message()
    guard ic_tiff_header(file, Int32(clamping: page), &header, &message) == 1 else {
      throw message.error
    }
    return ImageHeader(header)
  }

  /// Integers of 8 and 16 bits without sign as they are, and other numbers in single precision.
  package func decode(page: Int, into raster: inout Raster) throws(ImageError) {
    var header = ic_header()
    var message = ic_message()
    while true {
      let (done, isFilled, needed) = raster.pixels.withRoom { room in
        let done = ic_tiff_decode_colours(file, Int32(clamping: page), &room, &header, &message)
        return (done, room.filled == 1, room.needed)
      }
      guard done == 1 else { throw message.error }
      guard isFilled else {
        raster.pixels.resize(to: needed)
        continue
      }
      let depth: PixelDepth =
        header.depth == 8 ? .bits8 : header.depth == 16 ? .bits16 : .real
      return raster.reshape(
        Size(height: Int(header.height), width: Int(header.width)),
        channels: Int(header.channels), depth: depth)
    }
  }

  /// Integers or palette indices as they are stored.
  package func decode(page: Int, into mask: inout MaskValues) throws(ImageError) {
    var header = ic_header()
    var message = ic_message()
    while true {
      let (done, isFilled, needed) = mask.bytes.withRoom { room in
        let done = ic_tiff_decode_ids(file, Int32(clamping: page), &room, &header, &message)
        return (done, room.filled == 1, room.needed)
      }
      guard done == 1 else { throw message.error }
      guard header.holds_ids == 1 else {
        throw ImageError(
          "is \(ImageHeader(header).format), but a mask holds one class id a pixel: say in "
            + "data.colors which colour is which class, or write it with one channel of integers")
      }
      guard isFilled else {
        mask.bytes.resize(to: needed)
        continue
      }
      let size = Size(height: Int(header.height), width: Int(header.width))
      switch header.depth {
      case 8: return mask.reshape(size, .bytes)
      case 16: return mask.reshape(size, .words)
      default:
        mask.reshape(size, .longs)
        let values = mask.bytes.withUnsafeBytes { Array($0.bindMemory(to: Int64.self)) }
        return try mask.hold(values, size)
      }
    }
  }

  /// - Throws: ``ImageError`` where the file has several pages.
  func requireOnePage() throws(ImageError) {
    guard pages > 1 else { return }
    throw ImageError(
      "has \(pages) pages: name one, FILE.tif[0], or several, FILE.tif[0:\(pages)]")
  }
}
