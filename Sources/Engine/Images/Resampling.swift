internal import CKernels

// Pixel centres lie at half-integers of the grid: pixel x of the target shows what lies at
// (x + ½) · W / W' − ½ in the source.

extension Raster {
  /// Bilinear. Where an axis shrinks, the triangle widens by the same factor unless `antialias` is
  /// off, so that no source pixel is skipped.
  func resized(to target: Size, antialias: Bool = true) -> Raster {
    guard target != size else { return self }
    let resized = [UInt8].filled(count: target.area * channels) { start in
      let done = ck_resize_bilinear(
        pixels, Int32(size.height), Int32(size.width), Int32(channels), start,
        Int32(target.height), Int32(target.width), antialias ? 1 : 0)
      precondition(done == 1, "out of memory")
    }
    return Raster(size: target, channels: channels, pixels: resized)
  }

  /// The centre; where the margins differ by a pixel, the upper or left one is the smaller.
  ///
  /// - Precondition: `target` is no larger than the raster.
  func croppedToCentre(_ target: Size) -> Raster {
    let pixels = centre(of: pixels, size, channels: channels, target)
    return Raster(size: target, channels: channels, pixels: pixels)
  }

  /// Grey as RGB of three equal values, RGB as grey by ITU-R BT.601.
  func converted(toChannels target: Int) -> Raster {
    guard target != channels else { return self }
    let converted = [UInt8].filled(count: size.area * target) { start in
      if target == 1 {
        ck_grey_from_rgb(pixels, start, size.area)
      } else {
        ck_rgb_from_grey(pixels, start, size.area)
      }
    }
    return Raster(size: size, channels: target, pixels: converted)
  }
}

extension Mask {
  /// Nearest neighbour: ids are never mixed.
  func resized(to target: Size) -> Mask {
    guard target != size else { return self }
    let resized = [UInt8].filled(count: target.area) { start in
      ck_resize_nearest(
        ids, Int32(size.height), Int32(size.width), start, Int32(target.height),
        Int32(target.width))
    }
    return Mask(size: target, ids: resized)
  }

  /// The same part as ``Raster/croppedToCentre(_:)`` takes.
  func croppedToCentre(_ target: Size) -> Mask {
    Mask(size: target, ids: centre(of: ids, size, channels: 1, target))
  }
}

private func centre(of bytes: [UInt8], _ size: Size, channels: Int, _ target: Size) -> [UInt8] {
  precondition(target.height <= size.height && target.width <= size.width)
  guard target != size else { return bytes }
  return [UInt8].filled(count: target.area * channels) { start in
    ck_crop_bytes(
      bytes, Int32(size.width), Int32(channels), start, Int32((size.height - target.height) / 2),
      Int32((size.width - target.width) / 2), Int32(target.height), Int32(target.width))
  }
}
