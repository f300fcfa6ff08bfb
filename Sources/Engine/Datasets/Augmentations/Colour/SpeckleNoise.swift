internal import CKernels
package import Groundwork

/// Noise in proportion to the value: ultrasound, radar, lasers.
package struct SpeckleNoise: GradedAugmentation {
  package static let name = "speckle_noise"
  package static let about = "Multiplies every value by 1 plus normal noise."
  package static let fields = [deviation.declaration, probability.declaration]
  package static let example = "speckle_noise: {deviation: [0.05, 0.2]}"

  package static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 0.05...0.2, Bounds(0...2),
    "Standard deviation of the noise, as a part of the value; drawn uniformly.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  package init(_ values: FieldValues) {
    strength = values[Self.deviation]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by deviation: Double, _ random: inout RandomStream) {
    sample.addNoise(&random) { image, _, normal in
      ck_add_noise(&image, normal, image.count, 0, Float(deviation))
    }
  }
}
