internal import CKernels
internal import Datasets
internal import Groundwork

/// Makes images that were normalized for one network what another was shown: value · scale + offset, for
/// each channel.
struct Renormalization {
  private let scale: [Float]
  private let offset: [Float]

  /// `nil` where both normalize alike.
  init?(from: Normalizer, to: Normalizer) {
    let maps = zip(from.samplesToInput, to.samplesToInput)
    guard maps.contains(where: { $0 != $1 }) else { return nil }
    scale = maps.map { Float($1.scale / $0.scale) }
    offset = maps.map { Float($1.offset - $0.offset * $1.scale / $0.scale) }
  }

  /// - Parameters:
  ///   - images: `[N, C, H, W]`.
  ///   - target: the same.
  func apply(
    to images: UnsafePointer<Float>, _ shape: Shape, into target: UnsafeMutablePointer<Float>
  ) {
    let count = shape.channels * shape.area
    for image in 0..<shape.batch {
      ck_normalize(
        images + image * count, target + image * count, shape.area, Int32(shape.channels), scale,
        offset)
    }
  }
}

extension Normalizer {
  fileprivate struct LinearMap: Equatable {
    let scale: Double
    let offset: Double
  }

  /// For each channel: normalized = sample · scale + offset.
  fileprivate var samplesToInput: [LinearMap] {
    mean.indices.map { channel in
      let unit = pixels.unit[channel]
      let scale = 1 / (unit.width * deviation[channel])
      return LinearMap(
        scale: scale, offset: -unit.lower * scale - mean[channel] / deviation[channel])
    }
  }
}
