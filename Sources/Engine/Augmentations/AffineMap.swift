internal import CKernels
internal import Foundation

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
}

extension Sample {
  /// One resampling: the image bilinear with ``fill`` outside, labels nearest and ignored outside.
  mutating func warp(by map: AffineMap) {
    let (height, width) = (Int32(size.height), Int32(size.width))
    map.coefficients.span.withUnsafeBufferPointer { coefficients in
      redraw { old, image, labels in
        ck_affine_bilinear(
          old.image, &image, Int32(old.channels), height, width, coefficients.baseAddress, old.fill)
        ck_affine_nearest(
          old.labels, &labels, height, width, coefficients.baseAddress, Labels.ignored)
      }
    }
  }
}
