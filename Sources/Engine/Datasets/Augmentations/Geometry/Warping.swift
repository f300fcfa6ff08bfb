package import CKernels
package import Groundwork

/// What an image shows beyond its edges.
package enum Border: String, CaseIterable, Sendable {
  case constant, replicate, reflect101, reflect, wrap

  /// In the labels what lies outside a constant border is ignored; the others show what they mirror
  /// or repeat.
  package static let field = Field<String>.name(
    "border", default: "constant", oneOf: allCases.map(\.rawValue),
    "What comes from outside: constant is the mean that data.normalize subtracts, the data set's also "
      + "with none, and ignored in the labels; reflect101 is c b | a b c, reflect b a | a b c.")

  init(_ values: FieldValues) { self = Self(rawValue: values[Self.field]) ?? .constant }

  package var code: ck_border {
    switch self {
    case .constant: ck_border_constant
    case .replicate: ck_border_replicate
    case .reflect101: ck_border_reflect101
    case .reflect: ck_border_reflect
    case .wrap: ck_border_wrap
    }
  }
}

/// How an image has values between its pixels; labels always take the nearest.
enum Interpolation: String, CaseIterable, Sendable {
  case bilinear, bicubic, nearest

  package static let field = Field<String>.name(
    "interpolation", default: "bilinear", oneOf: allCases.map(\.rawValue),
    "Interpolation of the image between its pixels; labels always take the nearest.")

  init(_ values: FieldValues) { self = Self(rawValue: values[Self.field]) ?? .bilinear }

  package var code: ck_interpolation {
    switch self {
    case .bilinear: ck_bilinear
    case .bicubic: ck_bicubic
    case .nearest: ck_nearest
    }
  }
}

extension Sample {
  mutating func warp(by map: ck_map, interpolation: Interpolation, border: Border) {
    let (height, width) = (Int32(size.height), Int32(size.width))
    redraw { old, image, labels in
      old.image.withUnsafeBufferPointer { pixels in
        old.labels.withUnsafeBufferPointer { oldLabels in
          old.fill.withUnsafeBufferPointer { fill in
            var source = ck_warp_source(
              image: pixels.baseAddress, labels: oldLabels.baseAddress,
              channels: Int32(old.channels), planes: Int32(old.planes), h: height, w: width,
              interpolation: interpolation.code, border: border.code,
              fill: fill.baseAddress)
            withUnsafePointer(to: map) { ck_warp(&source, $0, &image, &labels, height, width) }
          }
        }
      }
    }
  }

  /// Each pixel comes from where it is plus a displacement.
  ///
  /// - Parameters:
  ///   - scratch: values that `fill` may use besides.
  ///   - fill: writes dx and dy `[H, W]` in pixels.
  mutating func displace(
    border: Border, scratch: Int = 0,
    fill: (
      _ size: Size, _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafeMutablePointer<Float>,
      _ scratch: UnsafeMutablePointer<Float>
    ) -> Void
  ) {
    let area = size.area
    withScratch(floats: 2 * area + scratch) { sample, memory, _ in
      guard let dx = memory.baseAddress else { return }
      fill(sample.size, dx, dx + area, dx + 2 * area)
      sample.warp(
        by: ck_map(matrix: (1, 0, 0, 0, 1, 0, 0, 0, 1), dx: dx, dy: dx + area),
        interpolation: .bilinear, border: border)
    }
  }
}
