internal import Groundwork

/// What the slices of a volume look like.
struct VolumeExtent {
  let size: Size
  let channels: Int

  /// More in one file, or in one range of a list, are a slip of the pen.
  static let maximumSlices = 1_000_000
  /// As of PNG and JPEG.
  private static let maximumPixels = 100_000_000

  /// - Throws: ``ImageError`` where a slice is larger than images may be.
  static func check(height: Int, width: Int) throws(ImageError) {
    guard height <= maximumPixels / width else {
      throw ImageError(
        "\(height)×\(width) pixels (height × width) are more than the "
          + "\(maximumPixels / 1_000_000) megapixels allowed")
    }
  }
}

/// What a volume says of itself besides its numbers.
package struct VolumeFacts: Sendable, Hashable {
  /// Of a voxel: along slices, height and width; `nil` where the file does not say.
  package var spacing: Spacing?
  /// From the place of a voxel (column, row, slice, 1) to the patient or the specimen, row by row, 3 × 4;
  /// `nil` where the file does not say.
  package var orientation: [Double]?
  /// What stored numbers mean; `nil` where they mean themselves.
  package var intensity: Intensity?

  package struct Spacing: Sendable, Hashable {
    package let slices: Double
    package let height: Double
    package let width: Double
    /// As people write it, `mm` or `µm`; empty where the file does not say.
    package let unit: String

    /// - Returns: `nil` where one of them is no length.
    package init?(slices: Double, height: Double, width: Double, unit: String) {
      guard [slices, height, width].allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
      (self.slices, self.height, self.width, self.unit) = (slices, height, width, unit)
    }
  }

  /// value = stored number · slope + intercept.
  package struct Intensity: Sendable, Hashable {
    package let slope: Double
    package let intercept: Double
  }

  package init() {}
}
