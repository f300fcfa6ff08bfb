/// An image of 8-bit pixels: grey or RGB.
public struct Raster: Sendable, Hashable {
  public let size: Size
  /// 1 (grey) or 3 (RGB).
  public let channels: Int
  /// `[H, W, C]`, 0…255.
  public let pixels: [UInt8]

  public init(size: Size, channels: Int, pixels: [UInt8]) {
    precondition(channels == 1 || channels == 3, "a raster is grey or RGB")
    precondition(pixels.count == size.height * size.width * channels, "pixels do not fill the size")
    self.size = size
    self.channels = channels
    self.pixels = pixels
  }
}

/// Class ids, one a pixel, as a mask file stores them.
public struct Mask: Sendable, Hashable {
  public let size: Size
  /// `[H, W]`.
  public let ids: [UInt8]

  public init(size: Size, ids: [UInt8]) {
    precondition(ids.count == size.height * size.width, "ids do not fill the size")
    self.size = size
    self.ids = ids
  }
}

extension Size {
  /// Pixels.
  var area: Int { height * width }
}

extension Array {
  /// An array that `body` fills through a pointer, for the C kernels. Every element must be
  /// written.
  static func filled<Failure: Error>(
    count: Int, _ body: (UnsafeMutablePointer<Element>) throws(Failure) -> Void
  ) throws(Failure) -> [Element] where Element: BitwiseCopyable {
    guard count > 0 else { return [] }
    var failure: Failure?
    let array = [Element](unsafeUninitializedCapacity: count) { buffer, filledCount in
      guard let start = buffer.baseAddress else { return }
      do throws(Failure) {
        try body(start)
        filledCount = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return array
  }
}
