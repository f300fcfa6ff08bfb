internal import CKernels
internal import Groundwork

// Effects of values; labels stay. Values are those of 8-bit images, 0…255, and stay in that range.

extension Sample {
  var isColoured: Bool { channels == 3 }

  /// - Parameter rounds: to whole numbers, as in images of 8 bits.
  mutating func scaleValues(by scale: Double, plus offset: Double, rounds: Bool = false) {
    ck_scale_values(&image, image.count, Float(scale), Float(offset), rounds ? 1 : 0)
  }

  /// How far values lie from their grey is multiplied; a grey image has no colour to change.
  mutating func saturate(by factor: Double) {
    guard isColoured else { return }
    ck_saturate(&image, size.area, Float(factor))
  }

  /// How far values lie from the mean grey is multiplied.
  mutating func changeContrast(by factor: Double) {
    let mean = ck_mean_grey(image, size.area, Int32(channels))
    scaleValues(by: factor, plus: mean * (1 - factor))
  }

  /// - Parameters:
  ///   - hue: what is added to the hue, where 180 is the full circle.
  ///   - saturation: a factor, and what is added on the scale 0…255.
  ///   - value: what is added to the value, on the scale 0…255.
  mutating func changeHSV(
    hue: Double = 0, saturation: (factor: Double, plus: Double) = (1, 0), value: Double = 0,
    rounds: Bool = false
  ) {
    if isColoured {
      ck_change_hsv(
        &image, size.area,
        ck_hsv_change(
          hue: Float(hue), saturation_scale: Float(saturation.factor),
          saturation: Float(saturation.plus), value: Float(value), rounds: rounds ? 1 : 0))
    } else if value != 0 {
      scaleValues(by: 1, plus: value)
    }
  }

  mutating func exchangeChannels(_ order: (Int, Int, Int)) {
    guard isColoured else { return }
    var codes = (Int32(order.0), Int32(order.1), Int32(order.2))
    withUnsafePointer(to: &codes) { pointer in
      pointer.withMemoryRebound(to: Int32.self, capacity: 3) {
        ck_exchange_channels(&image, size.area, $0)
      }
    }
  }

  /// Another brightness for every pixel, its colour as it was.
  ///
  /// - Parameters:
  ///   - bytes: that `change` may use besides.
  ///   - change: gets Y of 0…255 `[H, W]` and writes another.
  mutating func changeLuma(
    bytes: Int = 0,
    _ change: (
      _ size: Size, _ luma: UnsafeMutablePointer<UInt8>, _ changed: UnsafeMutablePointer<UInt8>,
      _ rest: UnsafeMutablePointer<UInt8>
    ) -> Void
  ) {
    let area = size.area
    withScratch(bytes: 2 * area + bytes) { sample, _, memory in
      guard let luma = memory.baseAddress else { return }
      let channels = Int32(sample.channels)
      ck_luma(sample.image, luma, area, channels)
      change(sample.size, luma, luma + area, luma + 2 * area)
      ck_replace_luma(&sample.image, luma, luma + area, area, channels)
    }
  }

  mutating func equalizeHistogram() {
    changeLuma { size, luma, changed, _ in ck_equalize(luma, changed, size.area) }
  }

  mutating func equalizeLocally(tiles: Int, clip: Double) {
    changeLuma(bytes: tiles * tiles * 256) { size, luma, changed, tables in
      ck_clahe(
        luma, changed, Int32(size.height), Int32(size.width), Int32(tiles), clip, tables)
    }
  }

  /// Rows, then columns, with a Gaussian.
  mutating func blur(deviation: Double, radius: Int) {
    let area = size.area
    let kernelCount = 2 * radius + 1
    withScratch(floats: kernelCount + area + size.width + 2 * radius) { sample, memory, _ in
      guard let kernel = memory.baseAddress else { return }
      ck_gaussian(kernel, Int32(radius), deviation)
      let (height, width) = (Int32(sample.size.height), Int32(sample.size.width))
      sample.redrawImage { old, image in
        ck_separable_filter(
          old.image, &image, Int32(old.channels), height, width, kernel, Int32(radius),
          kernel + kernelCount)
      }
    }
  }

  mutating func erode() {
    let (height, width) = (Int32(size.height), Int32(size.width))
    redrawImage { old, image in
      ck_erode_cross(old.image, &image, Int32(old.channels), height, width)
    }
  }

  /// Black and white pixels at random places, which may fall together.
  mutating func addSaltAndPepper(
    share: Double, white: Double = 0.5, _ random: inout RandomStream
  ) {
    let area = size.area
    let count = Int(share * Double(area))
    var own = random.ofSlice(slice)
    for _ in 0..<count {
      let place = own.below(area)
      let value: Float = own.chance(white) ? 255 : 0
      for channel in 0..<channels { image[channel * area + place] = value }
    }
    if slice == 0 { random = own }
  }

  /// - Parameter noise: gets the sample and memory of the image's count each: uniform numbers of
  ///   [0, 1) and normal ones.
  mutating func addNoise(
    uniform: Bool = false, _ random: inout RandomStream,
    _ noise: (
      _ image: inout [Float], _ uniform: UnsafeMutablePointer<Float>,
      _ normal: UnsafeMutablePointer<Float>
    ) -> Void
  ) {
    let padded = (image.count + 3) / 4 * 4
    let normalBlocks = random.blocks(padded / 4, ofSlice: slice)
    let uniformBlocks = uniform ? random.blocks(padded / 4, ofSlice: slice) : nil
    withScratch(floats: (uniform ? 2 : 1) * padded) { sample, memory, _ in
      guard let normal = memory.baseAddress else { return }
      ck_stream_normal(normalBlocks, normal, padded)
      if let uniformBlocks { ck_stream_uniform(uniformBlocks, normal + padded, padded) }
      noise(&sample.image, uniform ? normal + padded : normal, normal)
    }
  }
}
