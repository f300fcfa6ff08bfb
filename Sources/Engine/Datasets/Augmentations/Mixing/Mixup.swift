package import Groundwork

/// A sample mixed from two (Zhang, Cisse, Dauphin & Lopez-Paz 2018):
///
///     x = λ x₁ + (1 − λ) x₂        L = λ L(z, y₁) + (1 − λ) L(z, y₂)        λ ~ Beta(α, α)
///
/// The labels stay two planes, and the loss of the image is the weighted sum of its losses by either,
/// which is what mixed labels are for a loss that is linear in them, and serves those that are not.
package struct Mixup: Augmentation {
  package static let name = "mixup"
  package static let about =
    "Mixes the values of two samples by λ and 1 − λ, and their losses alike; comes last."
  package static let fields = [alpha.declaration, probability.declaration]
  package static let example = "mixup: {alpha: 0.2}"

  static let alpha = Field.number(
    "alpha", default: 0.2, Bounds(above: 0),
    "Parameter of Beta(α, α), from which λ is drawn: small numbers leave one of the two almost "
      + "alone, 1 is uniform.")
  static let probability = Self.chance(1, "Probability of mixing a sample.")

  private let alpha: Double
  private let probability: Double

  package init(_ values: FieldValues) {
    alpha = values[Self.alpha]
    probability = values[Self.probability]
  }

  package var mixesLabels: Bool { true }

  package static var mixesSamples: Bool { true }

  package func partners(_ random: RandomStream) -> Int {
    var random = random
    return random.chance(probability) ? 1 : 0
  }

  /// λ, what the sample itself counts; `nil` where it stays as it is.
  package func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.symmetricBeta(alpha)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let lambda = draw(&random), !sample.partners.isEmpty else { return }
    sample.mix(partner: 0, lambda: Float(lambda))
  }
}
