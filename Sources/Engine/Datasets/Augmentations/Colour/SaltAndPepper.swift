package import Groundwork

/// Dead and hot pixels.
package struct SaltAndPepper: GradedAugmentation {
  package static let name = "salt_and_pepper"
  package static let about = "Makes some pixels black or white."
  package static let fields = [amount.declaration, probability.declaration]
  package static let example = "salt_and_pepper: {amount: [0.01, 0.06]}"

  package static let amount = Field<ClosedRange<Double>>.range(
    "amount", default: 0.01...0.06, Bounds(0...1),
    "Drawn pixels, as a part of all; uniform, and places may repeat.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  package init(_ values: FieldValues) {
    strength = values[Self.amount]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by amount: Double, _ random: inout RandomStream) {
    sample.addSaltAndPepper(share: amount, &random)
  }
}
