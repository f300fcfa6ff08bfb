internal import CKernels

// Pixel centres lie at half-integers of the grid: pixel x of the target shows what lies at
// (x + ½) · W / W' − ½ in the source.

extension Raster {
  /// Bilinear. Where an axis shrinks, the triangle widens by the same factor unless `antialias` is
  /// off, so that no source pixel is skipped.
  ///
  /// - Parameters:
  ///   - extent: how the raster was decoded.
  ///   - scratch: memory that is used again for every image.
  package func resize(
    _ extent: DecodedExtent, to target: Size, antialias: Bool = true, into resized: inout Raster,
    _ scratch: inout [Float]
  ) {
    let covered = (
      height: Double(extent.fileSize.height * extent.eighths) / 8,
      width: Double(extent.fileSize.width * extent.eighths) / 8
    )
    let (height, width) = (Int32(target.height), Int32(target.width))
    resized.reshape(target, channels: channels, depth: depth)
    scratch.resize(
      to: ck_resize_scratch(
        Int32(size.height), Int32(channels), covered.height, covered.width, height, width,
        antialias ? 1 : 0))
    ck_resize_bilinear(
      pixels, depth.kernel, Int32(size.height), Int32(size.width), Int32(channels), covered.height,
      covered.width, &resized.pixels, height, width, antialias ? 1 : 0, &scratch)
  }

  /// Bilinear, of a raster that shows a whole image.
  package func resized(to target: Size) -> Raster {
    var (resized, scratch) = (Raster(), [Float]())
    resize(DecodedExtent(fileSize: size), to: target, into: &resized, &scratch)
    return resized
  }

  /// The centre; where the margins differ by a pixel, the upper or left one is the smaller.
  ///
  /// - Precondition: `target` is no larger than the raster.
  package func cropToCentre(_ target: Size, into cropped: inout Raster) {
    cropped.reshape(target, channels: channels, depth: depth)
    copyCentre(of: pixels, size, pixelBytes: pixelBytes, target, &cropped.pixels)
  }

  /// A patch; beyond the image it shows the image mirrored at its edges.
  package func cut(_ patch: Patch, into cut: inout Raster) {
    cut.reshape(patch.size, channels: channels, depth: depth)
    ck_cut_mirrored(
      pixels, Int32(size.height), Int32(size.width), Int32(pixelBytes), &cut.pixels,
      Int32(patch.top), Int32(patch.left), Int32(patch.size.height), Int32(patch.size.width))
  }

  /// Some of its channels.
  package func channels(_ range: Range<Int>) -> Raster {
    guard range != 0..<channels else { return self }
    var part = Raster()
    part.reshape(size, channels: range.count, depth: depth)
    ck_take_channels(
      pixels, Int32(pixelBytes), Int32(range.lowerBound * depth.bytes), &part.pixels,
      Int32(part.pixelBytes), size.area)
    return part
  }

  /// Tells whether it has that many channels or is grey or RGB and can become the other.
  package func fits(channels target: Int) -> Bool {
    channels == target || ([1, 3].contains(channels) && [1, 3].contains(target))
  }

  /// Grey as RGB of three equal values, RGB as grey by ITU-R BT.601.
  ///
  /// - Precondition: it is grey or RGB.
  package func converted(toChannels target: Int) -> Raster {
    guard target != channels else { return self }
    var converted = Raster()
    convert(toChannels: target, into: &converted)
    return converted
  }

  /// - Precondition: `target` is not the raster's own number.
  package func convert(toChannels target: Int, into converted: inout Raster) {
    converted.reshape(size, channels: target, depth: depth)
    if target == 1 {
      ck_grey_from_rgb(pixels, &converted.pixels, size.area, depth.kernel)
    } else {
      ck_rgb_from_grey(pixels, &converted.pixels, size.area, depth.kernel)
    }
  }
}

private func copyCentre(
  of bytes: [UInt8], _ size: Size, pixelBytes: Int, _ target: Size, _ centre: inout [UInt8]
) {
  precondition(target.height <= size.height && target.width <= size.width)
  ck_crop_bytes(
    bytes, Int32(size.width), Int32(pixelBytes), &centre, Int32((size.height - target.height) / 2),
    Int32((size.width - target.width) / 2), Int32(target.height), Int32(target.width))
}
