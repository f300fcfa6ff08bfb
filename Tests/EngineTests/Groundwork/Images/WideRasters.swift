@testable import Groundwork

extension Raster {
  /// Of 16 bits.
  init(words: [UInt16], width: Int, channels: Int = 1) {
    self.init(
      size: Size(height: words.count / width / channels, width: width), channels: channels,
      depth: .bits16, pixels: words.withUnsafeBytes { Array($0) })
  }

  /// Of other numbers.
  init(reals: [Float], width: Int, channels: Int = 1) {
    self.init(
      size: Size(height: reals.count / width / channels, width: width), channels: channels,
      depth: .real, pixels: reals.withUnsafeBytes { Array($0) })
  }
}
