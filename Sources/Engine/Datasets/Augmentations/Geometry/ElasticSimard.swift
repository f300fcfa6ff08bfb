internal import CKernels
internal import Foundation
package import Groundwork

/// Smooth deformation: uniform noise, blurred and scaled (Simard, Steinkraus & Platt 2003).
package struct ElasticSimard: Augmentation {
  package static let name = "elastic_simard"
  package static let about = "Deforms smoothly by blurred uniform noise."
  package static let fields = [
    alpha.declaration, deviation.declaration, probability.declaration, border.declaration,
  ]
  package static let example = "elastic_simard: {alpha: 34, deviation: 4}"

  static let alpha = Field.number(
    "alpha", default: 34, Bounds(0...100_000), unit: "pixels",
    "Factor of the blurred noise, which was in [-1, 1].")
  package static let deviation = Field.number(
    "deviation", default: 4, Bounds(0.3...100), unit: "pixels",
    "Standard deviation of the blurring Gaussian.")
  static let probability = Self.chance(1, "Probability of deforming a sample.")
  static let border = Border.field

  private let alpha: Double
  private let deviation: Double
  private let probability: Double
  private let border: Border

  package init(_ values: FieldValues) {
    alpha = values[Self.alpha]
    deviation = values[Self.deviation]
    probability = values[Self.probability]
    border = Border(values)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let radius = Int((3 * deviation).rounded(.up))
    let area = sample.size.area
    let padded = (area + 3) / 4 * 4
    let kernelCount = 2 * radius + 1
    sample.displace(
      border: border, scratch: padded + kernelCount + area + sample.size.width + 2 * radius
    ) { size, dx, dy, scratch in
      let (noise, kernel) = (scratch, scratch + padded)
      let rest = kernel + kernelCount
      ck_gaussian(kernel, Int32(radius), deviation)
      for field in [dx, dy] {
        ck_stream_uniform(random.blocks(padded / 4), noise, padded)
        ck_centre_noise(noise, area, Float(alpha))
        ck_separable_filter(
          noise, field, 1, Int32(size.height), Int32(size.width), kernel, Int32(radius), rest)
      }
    }
  }
}
