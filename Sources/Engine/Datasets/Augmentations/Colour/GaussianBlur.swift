package import Groundwork

/// Out of focus.
package struct GaussianBlur: GradedAugmentation {
  package static let name = "gaussian_blur"
  package static let about = "Blurs with a Gaussian."
  package static let fields = [deviation.declaration, probability.declaration]
  package static let example = "gaussian_blur: {deviation: [0.5, 3]}"

  package static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 0.5...3, Bounds(0.1...30),
    "Standard deviation of the Gaussian in pixels; drawn uniformly.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  package init(_ values: FieldValues) {
    strength = values[Self.deviation]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by deviation: Double, _ random: inout RandomStream) {
    sample.blur(deviation: deviation, radius: Int((3 * deviation).rounded(.up)))
  }
}
