internal import CKernels
package import Groundwork

/// The noise of counted light; above 30 photons a pixel the normal approximation.
package struct PoissonNoise: GradedAugmentation {
  package static let name = "poisson_noise"
  package static let about = "Counts photons: noise that grows with the root of the brightness."
  package static let fields = [photons.declaration, probability.declaration]
  package static let example = "poisson_noise: {photons: [20, 200]}"

  static let photons = Field<ClosedRange<Double>>.range(
    "photons", default: 20...200, Bounds(1...65536),
    "Photons that a white pixel counts; drawn uniformly.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  package init(_ values: FieldValues) {
    strength = values[Self.photons]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by photons: Double, _ random: inout RandomStream) {
    sample.addNoise(uniform: true, &random) { image, uniform, normal in
      ck_shot_noise(&image, uniform, normal, image.count, Float(photons))
    }
  }
}
