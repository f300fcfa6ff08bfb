internal import CKernels

/// An image as its file has it: grey or RGB, or several such images of the same pixels behind each
/// other.
package struct Raster: Sendable, Hashable {
  package private(set) var size: Size
  /// The number of channels: 1 (grey), 3 (RGB) or any other, or the sum over all images.
  package private(set) var channels: Int
  package private(set) var depth: PixelDepth
  /// The samples, `[H, W, C]`. At a depth of 8 bits each is one byte, 0…255. At other depths each
  /// is several bytes, in the byte order of this machine.
  package var pixels: [UInt8]

  /// - Parameter pixels: `[H, W, C]`, the bytes of samples of that depth.
  package init(size: Size, channels: Int, depth: PixelDepth = .bits8, pixels: [UInt8]) {
    precondition(channels > 0, "a raster has channels")
    precondition(
      pixels.count == size.height * size.width * channels * depth.bytes,
      "pixels do not fill the size")
    self.size = size
    self.channels = channels
    self.depth = depth
    self.pixels = pixels
  }

  /// No pixels: memory that a decoder will fill.
  package init() { self.init(size: Size(height: 0, width: 0), channels: 1, pixels: []) }

  /// Another extent in the same memory; the pixels are whatever was there.
  package mutating func reshape(_ size: Size, channels: Int, depth: PixelDepth) {
    self.size = size
    self.channels = channels
    self.depth = depth
    pixels.resize(to: size.area * channels * depth.bytes)
  }

  /// The number of bytes that a pixel takes, all channels together.
  package var pixelBytes: Int { channels * depth.bytes }
}

/// Class ids, a byte a pixel, as a mask file of 8 bits stores them.
package struct Mask: Sendable, Hashable {
  package let size: Size
  /// The class id of each pixel, `[H, W]`.
  package let ids: [UInt8]

  package init(size: Size, ids: [UInt8]) {
    precondition(ids.count == size.height * size.width, "ids do not fill the size")
    self.size = size
    self.ids = ids
  }
}

extension Raster {
  /// - Precondition: the other image has one channel, and the same size and depth.
  package mutating func setChannel(_ channel: Int, to plane: Raster) {
    precondition(plane.channels == 1 && plane.size == size && plane.depth == depth)
    let (count, channels, bytes) = (size.area, channels, depth.bytes)
    pixels.withUnsafeMutableBufferPointer { target in
      guard let start = target.baseAddress else { return }
      ck_copy_block(
        plane.pixels, [0, 1, 1], start + channel * bytes, [0, channels, 1], [1, count, 1], bytes)
    }
  }
}
