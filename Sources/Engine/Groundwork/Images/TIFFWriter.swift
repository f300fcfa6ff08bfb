internal import CImageCodecs
internal import Foundation

/// Writes masks as the pages of a TIFF: compressed by deflate, equal pages to equal files. The file appears
/// when all of it is written.
package final class TIFFWriter {
  private let path: String
  private let partial: PartialFile
  private var writer: OpaquePointer?

  /// A page without its pixels.
  package struct Page {
    package var size: Size
    /// Of each class, for pages of 8 bits; gray where there is none.
    package var palette: ClassPalette?
    package var description: String?
    package var resolution: TIFF.Resolution?
    /// The page whose tags of GeoTIFF are copied.
    package var like: (file: TIFF, page: Int)?

    package init(size: Size) { self.size = size }
  }

  /// - Parameter isLarge: whether it may become larger than 4 GiB.
  package init(path: String, isLarge: Bool) throws(ImageError) {
    self.path = path
    partial = PartialFile(path)
    var message = ic_message()
    writer = ic_tiff_write(partial.path, isLarge ? 1 : 0, &message)
    guard writer != nil else { throw ImageError(file: path, message.error.reason) }
  }

  deinit {
    var message = ic_message()
    if let writer { _ = ic_tiff_write_end(writer, &message) }
  }

  /// - Parameter pixels: `[H, W]`, of 8 bits, or of 16 in the order of this machine.
  package func add(_ page: Page, _ pixels: [UInt8]) throws(ImageError) {
    let depth = pixels.count == page.size.area ? 8 : 16
    precondition(pixels.count == page.size.area * depth / 8, "pixels do not fill the size")
    let colours = depth == 8 ? (page.palette?.colours ?? []).prefix(3 * 256).map(\.self) : []
    var message = ic_message()
    let done = colours.withUnsafeBufferPointer { colours in
      page.description.withCString { description in
        var header = ic_tiff_page(
          width: Int32(page.size.width), height: Int32(page.size.height), depth: Int32(depth),
          palette: colours.isEmpty ? nil : colours.baseAddress, colours: Int32(colours.count / 3),
          description: description,
          resolution: page.resolution.map {
            ic_resolution(x: Float($0.width), y: Float($0.height), unit: Int32($0.unit))
          } ?? ic_resolution())
        return ic_tiff_write_page(
          writer, pixels, &header, page.like?.file.handle, Int32(page.like?.page ?? 0), &message)
      }
    }
    guard done == 1 else { throw ImageError(file: path, message.error.reason) }
  }

  /// Nothing more is added: the file is there.
  package func finish() throws(ImageError) {
    var message = ic_message()
    guard let writer else { return }
    self.writer = nil
    guard ic_tiff_write_end(writer, &message) == 1 else {
      throw ImageError(file: path, message.error.reason)
    }
    try partial.keep()
  }
}

extension String? {
  fileprivate func withCString<Result>(_ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let self else { return body(nil) }
    return self.withCString { body($0) }
  }
}
