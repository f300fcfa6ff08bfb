internal import CImageCodecs
internal import Foundation

extension TIFF {
  /// Pixels for a unit of length along width and height.
  package struct Resolution: Sendable, Hashable {
    package var width: Double
    package var height: Double
    /// As TIFF has it: 2 for inches, 3 for centimetres, 1 for none.
    package var unit: Int

    package init(width: Double, height: Double, unit: Int) {
      (self.width, self.height, self.unit) = (width, height, unit)
    }
  }

  /// - Returns: `nil` where the page does not say.
  package func resolution(page: Int) throws(ImageError) -> Resolution? {
    var (found, message) = (ic_resolution(), ic_message())
    guard ic_tiff_resolution(handle, Int32(clamping: page), &found, &message) == 1 else {
      throw message.error
    }
    guard found.x > 0, found.y > 0, found.x.isFinite, found.y.isFinite else { return nil }
    return Resolution(width: Double(found.x), height: Double(found.y), unit: Int(found.unit))
  }

  /// The text that a page is described with; empty where there is none.
  package func description(page: Int) throws(ImageError) -> String {
    var message = ic_message()
    guard let text = ic_tiff_description(handle, Int32(clamping: page), &message) else {
      throw message.error
    }
    let count = min(strlen(text), 64 << 20)
    let bytes = UnsafeRawBufferPointer(start: text, count: count)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    // ImageJ writes Latin-1.
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// A page whose samples lie in the file as they are, all channels of a pixel together.
  package struct PlainPage: Sendable, Hashable {
    /// Where they begin in the file.
    package let offset: Int
    package let size: Size
    package let channels: Int
    /// Of a sample.
    package let bits: Int
    package let isSigned: Bool
    package let isReal: Bool
    /// True where the highest byte of a sample lies first.
    package let isBigEndian: Bool
  }

  /// - Returns: `nil` where the samples of the page do not lie so.
  package func plainPage(_ page: Int) throws(ImageError) -> PlainPage? {
    var (found, message) = (ic_plain_page(), ic_message())
    guard ic_tiff_plain_page(handle, Int32(clamping: page), &found, &message) == 1 else {
      throw message.error
    }
    guard found.offset > 0, let offset = Int(exactly: found.offset) else { return nil }
    return PlainPage(
      offset: offset, size: Size(height: Int(found.height), width: Int(found.width)),
      channels: Int(found.channels), bits: Int(found.bits), isSigned: found.is_signed == 1,
      isReal: found.is_real == 1, isBigEndian: found.is_big_endian != 0)
  }
}
