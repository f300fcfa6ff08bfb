internal import CKernels
internal import Foundation
internal import Groundwork

/// Where each pixel of a warped sample comes from. Pixel centres lie at integers, y grows downward.
struct AffineMap: Sendable {
  /// Source x = m₀·x + m₁·y + m₂, source y = m₃·x + m₄·y + m₅.
  let coefficients: InlineArray<6, Double>

  /// Content turned counter-clockwise (as seen), enlarged, then moved, all about the centre of an
  /// image of this size.
  ///
  /// - Parameters:
  ///   - rotation: in degrees.
  ///   - translation: in pixels, to the right and downward.
  init(
    rotation: Double, scale: Double = 1, translation: (x: Double, y: Double) = (0, 0),
    about size: Size
  ) {
    let centre = (x: Double(size.width - 1) / 2, y: Double(size.height - 1) / 2)
    let cosine = cos(rotation * .pi / 180) / scale
    let sine = sin(rotation * .pi / 180) / scale
    let moved = (x: centre.x + translation.x, y: centre.y + translation.y)
    coefficients = [
      cosine, -sine, centre.x - cosine * moved.x + sine * moved.y,
      sine, cosine, centre.y - sine * moved.x - cosine * moved.y,
    ]
  }

  /// Content whose horizontal lines stay and whose vertical ones lean to the right by `x`, then the
  /// other way about by `y`: tangents of the angles. About the centre.
  init(shear: (x: Double, y: Double), about size: Size) {
    let centre = (x: Double(size.width - 1) / 2, y: Double(size.height - 1) / 2)
    // Forward: x' = x - a y, y' = y - b x'; here its inverse.
    let (a, b) = (shear.x, shear.y)
    let (m0, m1, m3, m4) = (1 + a * b, a, b, 1.0)
    coefficients = [
      m0, m1, centre.x - m0 * centre.x - m1 * centre.y,
      m3, m4, centre.y - m3 * centre.x - m4 * centre.y,
    ]
  }

  /// The part of the source from (x, y) on, `scale` times as large.
  init(from origin: (x: Double, y: Double), scale: Double) {
    coefficients = [1 / scale, 0, origin.x, 0, 1 / scale, origin.y]
  }
}

extension Sample {
  /// One resampling: labels take the nearest pixel; what comes from outside a constant border has
  /// the sample's ``fill`` and is ignored.
  mutating func warp(
    by map: AffineMap, interpolation: Interpolation = .bilinear, border: Border = .constant
  ) {
    let m = map.coefficients
    warp(
      by: ck_map(
        matrix: (m[0], m[1], m[2], m[3], m[4], m[5], 0, 0, 1), dx: nil, dy: nil),
      interpolation: interpolation, border: border)
  }
}
