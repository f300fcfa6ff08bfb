internal import CKernels
internal import Foundation
package import Groundwork

/// What an image looks like, in 256 bits: images that look alike differ in few of them, whatever their
/// size, brightness, contrast and compression. A mirrored or turned image is another one.
///
/// The image is averaged in grey to 64 × 64 cells, and the 16 × 16 lowest frequencies of their discrete
/// cosine transform (type II) are compared with the median of all but the first, which is the brightness:
/// the pHash of Zauner (2010) with a finer grid. With 64 bits frames of one kind of scene cannot be told
/// from copies.
package struct PerceptualHash: Sendable, Hashable {
  /// Bit 16 · row + column, the lowest first: 1 where the coefficient is above the median.
  package let words: [UInt64]

  package static let bits = side * side
  /// Images whose hashes differ in at most so many bits are near-duplicates. Of recompressed, resized
  /// and brightened images at most 16 were seen to differ; of images that have nothing to do with each
  /// other 128 do on average.
  package static let threshold = 32

  static let words = bits / 64
  private static let (side, grid) = (16, 64)

  init?(words: [UInt64]) {
    guard words.count == Self.words else { return nil }
    self.words = words
  }

  /// - Returns: `nil` of an image without pixels.
  package init?(_ image: Raster) {
    guard image.size.area > 0 else { return nil }
    let (grid, side) = (Self.grid, Self.side)
    let means = [Double].filled(count: grid * grid) { target in
      image.pixels.withUnsafeBytes { pixels in
        ck_grey_means(
          pixels.baseAddress, image.depth.kernel, Int32(image.size.height),
          Int32(image.size.width), Int32(image.channels), Int32(grid), target)
      }
    }
    // Rows, then columns.
    var rows = [Double](repeating: 0, count: grid * side)
    var coefficients = [Double](repeating: 0, count: side * side)
    for line in 0..<grid {
      for frequency in 0..<side {
        var sum = 0.0
        for place in 0..<grid {
          sum += means[line * grid + place] * Self.cosines[frequency * grid + place]
        }
        rows[line * side + frequency] = sum
      }
    }
    for frequency in 0..<side {
      for column in 0..<side {
        var sum = 0.0
        for line in 0..<grid {
          sum += rows[line * side + column] * Self.cosines[frequency * grid + line]
        }
        coefficients[frequency * side + column] = sum
      }
    }
    // Numbers that are 0 but for rounding would toss bits.
    let noise = 1e-9 * max(1, abs(coefficients[0]))
    let others = coefficients[1...].sorted()
    let median = others[others.count / 2]
    words = (0..<Self.words).map { word in
      (0..<64).reduce(UInt64(0)) { bits, bit in
        let place = 64 * word + bit
        let isAbove = place > 0 && coefficients[place] > median + noise
        return bits | (isAbove ? 1 << UInt64(bit) : 0)
      }
    }
  }

  /// The number of bits in which two hashes differ.
  package func distance(to other: PerceptualHash) -> Int {
    zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }

  /// `[side, grid]`: cos(π (2 place + 1) frequency / 2 grid).
  private static let cosines: [Double] = (0..<side * grid).map { index in
    let (frequency, place) = (index / grid, index % grid)
    return cos(Double.pi * Double((2 * place + 1) * frequency) / Double(2 * grid))
  }
}
