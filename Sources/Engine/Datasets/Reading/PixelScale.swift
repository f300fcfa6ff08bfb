internal import CKernels
package import Groundwork

/// What the samples of images mean, channel by channel.
///
/// Normalisation speaks of values of 0…1: `unit` says which samples these are. Augmentations work in
/// values of 0…255: `span` says which samples those are. Images of 8 bits are 0…255 themselves.
package struct PixelScale: Sendable {
  /// The depth of the samples.
  package let depth: PixelDepth
  /// For each channel.
  package let unit: [DataConfiguration.ValueRange]
  package let span: [DataConfiguration.ValueRange]
  /// For each channel: the sample that stands for one that is not there.
  package let missing: [Double]
  /// For each channel, of 0…255: what stands for a sample that is not there.
  package let fill: [Float]
  /// 0…255 = (sample − black) · factor.
  private let black: [Float]
  private let factor: [Float]

  /// - Parameter missing: for each channel the sample that stands for one that is not there.
  package init(
    depth: PixelDepth, unit: [DataConfiguration.ValueRange], span: [DataConfiguration.ValueRange],
    missing: [Double]
  ) {
    (self.depth, self.unit, self.span, self.missing) = (depth, unit, span, missing)
    fill = zip(missing, span).map { Float(($0 - $1.lower) * 255 / $1.width) }
    black = span.map { Float($0.lower) }
    factor = span.map { Float(255 / $0.width) }
  }

  /// The scale of images of 8 bits.
  init(bytesOfChannels channels: Int) {
    let range = Array(repeating: DataConfiguration.ValueRange.bytes, count: channels)
    self.init(
      depth: .bits8, unit: range, span: range, missing: Array(repeating: 0, count: channels))
  }

  /// - Parameter planes: `[C, H, W]`, of 0…255.
  func unpack(_ raster: Raster, into planes: UnsafeMutablePointer<Float>) {
    guard raster.depth != .bits8 else {
      return ck_planes_from_pixels(
        raster.pixels, planes, raster.size.area, Int32(raster.channels))
    }
    withKernel { span in
      ck_planes_from_samples(
        raster.pixels, raster.depth.kernel, planes, raster.size.area, Int32(raster.channels), span)
    }
  }

  /// The same bits as ``unpack(_:into:)`` and value · scale + offset behind it.
  ///
  /// - Parameter target: `[C, H, W]`.
  func normalize(
    _ raster: Raster, into target: UnsafeMutablePointer<Float>, scale: [Float], offset: [Float]
  ) {
    guard raster.depth != .bits8 else {
      return ck_normalize_pixels(
        raster.pixels, target, raster.size.area, Int32(raster.channels), scale, offset)
    }
    withKernel { span in
      ck_normalize_samples(
        raster.pixels, raster.depth.kernel, target, raster.size.area, Int32(raster.channels), span,
        scale, offset)
    }
  }

  /// For people to look at: values of 0…255, rounded.
  package func shown(_ raster: Raster) -> Raster {
    guard raster.depth != .bits8 else { return raster }
    let planes = [Float].filled(count: raster.size.area * raster.channels) {
      unpack(raster, into: $0)
    }
    let pixels = [UInt8].filled(count: planes.count) {
      ck_pixels_from_planes(planes, $0, raster.size.area, Int32(raster.channels))
    }
    return Raster(size: raster.size, channels: raster.channels, pixels: pixels)
  }

  private func withKernel(_ body: (ck_span) -> Void) {
    black.withUnsafeBufferPointer { black in
      factor.withUnsafeBufferPointer { factor in
        fill.withUnsafeBufferPointer { fill in
          body(
            ck_span(
              black: black.baseAddress, factor: factor.baseAddress, fill: fill.baseAddress))
        }
      }
    }
  }
}
