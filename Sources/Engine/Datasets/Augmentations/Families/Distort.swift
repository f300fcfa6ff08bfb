package import Groundwork

/// DeepDetect's `distort`: brightness, contrast, saturation, hue and the order of the channels, each
/// with a probability of its own (Howard 2013; Liu et al. 2016, SSD).
///
/// Ours differs where DeepDetect's code does not do what it says: brightness changes either way, and
/// hue goes around the circle.
package struct Distort: Augmentation {
  package static let name = "distort"
  package static let about =
    "DeepDetect's distort_prob: brightness, contrast, saturation, hue, order of channels."
  package static let changesValuesAlone = true
  package static let fields = [probability.declaration, effects.declaration]
  package static let example = "distort: {probability: 0.001}"

  static let probability = Self.chance(
    0.001, "Probability of each effect by itself; 0.001 where there is little data.")
  static let effects = Field<[String]>.names(
    "effects", of: Effect.allCases.map(\.rawValue), "Which of them.")

  enum Effect: String, CaseIterable, Sendable {
    case brightness, contrast, saturation, hue
    case order = "random_order"
  }

  private let probability: Double
  private let effects: Set<Effect>

  package init(_ values: FieldValues) {
    probability = values[Self.probability]
    effects = Set(values[Self.effects].compactMap(Effect.init))
  }

  /// What was drawn for one sample; `nil` for an effect that does not happen.
  package struct Draw {
    /// Added, of 0…255.
    var brightness: Double?
    /// A factor.
    var contrast: Double?
    /// A factor.
    var saturation: Double?
    /// What is added to the hue, where 180 is the full circle.
    var hue: Double?
    var order: (Int, Int, Int)?
    /// True where the contrast is changed before the hue, false where it is changed after it.
    var contrastComesFirst = true
  }

  package func draw(_ random: RandomStream) -> Draw {
    var draw = Draw()
    draw.brightness = self.draw(.brightness, random) { $0.either(32) }
    draw.contrast = self.draw(.contrast, random) { $0.uniform(in: 0.5...1.5) }
    draw.saturation = self.draw(.saturation, random) { $0.uniform(in: 0.5...1.5) }
    draw.hue = self.draw(.hue, random) { $0.either(36) }
    draw.order = self.draw(.order, random) { Self.order($0.below(6)) }
    var order = random.part("order")
    draw.contrastComesFirst = order.chance(0.5)
    return draw
  }

  private func draw<Value>(
    _ effect: Effect, _ random: RandomStream, _ value: (inout RandomStream) -> Value
  ) -> Value? {
    guard effects.contains(effect) else { return nil }
    var random = random.part(effect.rawValue)
    return random.chance(probability) ? value(&random) : nil
  }

  /// One of the six orders of three channels, by its index.
  static func order(_ index: Int) -> (Int, Int, Int) {
    let first = index / 2
    let (low, high) = first == 0 ? (1, 2) : first == 1 ? (0, 2) : (0, 1)
    return index % 2 == 0 ? (first, low, high) : (first, high, low)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    let draw = draw(random)
    if let brightness = draw.brightness {
      sample.scaleValues(by: 1, plus: brightness, rounds: true)
    }
    if draw.contrastComesFirst { changeContrast(of: &sample, draw) }
    if let saturation = draw.saturation {
      sample.changeHSV(saturation: (saturation, 0), rounds: true)
    }
    if let hue = draw.hue { sample.changeHSV(hue: hue, rounds: true) }
    if !draw.contrastComesFirst { changeContrast(of: &sample, draw) }
    if let order = draw.order { sample.exchangeChannels(order) }
  }

  private func changeContrast(of sample: inout Sample, _ draw: Draw) {
    if let contrast = draw.contrast { sample.scaleValues(by: contrast, plus: 0, rounds: true) }
  }
}
