internal import CKernels
package import Groundwork

/// Values raised to a power.
package struct Gamma: GradedAugmentation {
  package static let name = "gamma"
  package static let about = "Raises all values, as parts of 255, to a power."
  package static let fields = [power.declaration, probability.declaration]
  package static let example = "gamma: {power: [0.8, 1.2]}"

  package static let power = Field<ClosedRange<Double>>.range(
    "power", default: 0.8...1.2, Bounds(0.05...20), "Uniform; below 1 brightens.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  package init(_ values: FieldValues) {
    strength = values[Self.power]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by power: Double, _ random: inout RandomStream) {
    ck_gamma(&sample.image, sample.image.count, Float(power))
  }
}
