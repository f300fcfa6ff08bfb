internal import CKernels
package import Groundwork

/// Noise that does not depend on the value: a camera's electronics.
package struct GaussianNoise: GradedAugmentation {
  package static let name = "gaussian_noise"
  package static let about = "Adds normal noise to every value."
  package static let fields = [deviation.declaration, probability.declaration]
  package static let example = "gaussian_noise: {deviation: [5, 25]}"

  package static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 5...25, Bounds(0...255),
    "Standard deviation of the noise, on a scale of 255; drawn uniformly.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  package init(_ values: FieldValues) {
    strength = values[Self.deviation]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by deviation: Double, _ random: inout RandomStream) {
    sample.addNoise(&random) { image, _, normal in
      ck_add_noise(&image, normal, image.count, Float(deviation), 0)
    }
  }
}
