internal import CImageCodecs
internal import CKernels
internal import Foundation
package import Groundwork

/// Written as JPEG and read again.
package struct JPEGCompression: Augmentation {
  package static let name = "jpeg"
  package static let about = "Writes the image as JPEG in memory and reads it again."
  package static let changesValuesAlone = true
  package static let fields = [quality.declaration, probability.declaration]
  package static let example = "jpeg: {quality: [50, 95]}"

  static let quality = Field<ClosedRange<Double>>.range(
    "quality", default: 50...95, Bounds(1...100), "Whole numbers, each as likely.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  private let quality: ClosedRange<Int>
  private let probability: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    let range = values[Self.quality]
    let (lowest, highest) = (
      Int(range.lowerBound.rounded(.up)), Int(range.upperBound.rounded(.down))
    )
    guard lowest <= highest else {
      throw ComponentError(field: "quality", "holds no whole number")
    }
    quality = lowest...highest
    probability = values[Self.probability]
  }

  package func outputSize(for size: Size) throws(ComponentError) -> Size {
    try Self.require(size, field: nil)
    return size
  }

  /// - Throws: ``ComponentError`` where JPEG knows no images of this size.
  package static func require(_ size: Size, field: String?) throws(ComponentError) {
    guard max(size.height, size.width) <= 65_500 else {
      throw ComponentError(
        field: field, "images of \(size) are too large for JPEG, which ends at 65500 pixels")
    }
  }

  package func draw(_ random: inout RandomStream) -> Int? {
    guard random.chance(probability) else { return nil }
    return quality.lowerBound + random.below(quality.count)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let quality = draw(&random) else { return }
    sample.compress(quality: quality)
  }
}

extension Sample {
  /// - Precondition: neither side is above 65500 pixels; memory suffices for the file.
  mutating func compress(quality: Int) {
    let count = image.count
    withScratch(bytes: count) { sample, _, bytes in
      guard let pixels = bytes.baseAddress else { return }
      let (size, channels) = (sample.size, Int32(sample.channels))
      ck_pixels_from_planes(sample.image, pixels, size.area, channels)
      var file = ic_file()
      var message = ic_message()
      var header = ic_header()
      var eighths: Int32 = 8
      var room = ic_room(bytes: pixels, capacity: count, needed: 0, filled: 0)
      let encoded = ic_jpeg_encode(
        pixels, Int32(size.width), Int32(size.height), channels, Int32(quality), &file, &message)
      precondition(encoded == 1, "JPEG: \(message.error.reason)")
      defer { free(file.bytes) }
      let decoded = ic_jpeg_decode(
        file.bytes, file.count, Int32.max, Int32.max, &room, &header, &eighths, &message)
      precondition(decoded == 1 && room.filled == 1, "JPEG: \(message.error.reason)")
      ck_planes_from_pixels(pixels, &sample.image, size.area, channels)
    }
  }
}
