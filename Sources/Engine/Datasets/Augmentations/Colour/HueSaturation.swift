package import Groundwork

/// Hue, saturation and value moved (Carvana's winners; albumentations' defaults).
package struct HueSaturation: Augmentation {
  package static let name = "hue_saturation"
  package static let about = "Moves hue, saturation and value, in the units of 8-bit HSV."
  package static let changesValuesAlone = true
  package static let fields = [
    hue.declaration, saturation.declaration, value.declaration, probability.declaration,
  ]
  package static let example = "hue_saturation: {hue: 50, saturation: 5, value: 15}"

  static let hue = Field.number(
    "hue", default: 20, Bounds(0...90),
    "Greatest change, either way, in steps of which 180 make the color circle.")
  static let saturation = Field.number(
    "saturation", default: 30, Bounds(0...255), "Greatest change, either way, on a scale of 255.")
  package static let value = Field.number(
    "value", default: 20, Bounds(0...255), "Greatest change, either way, on a scale of 255.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  private let limits: (hue: Double, saturation: Double, value: Double)
  private let probability: Double

  package init(_ values: FieldValues) {
    limits = (values[Self.hue], values[Self.saturation], values[Self.value])
    probability = values[Self.probability]
  }

  package func draw(
    _ random: inout RandomStream
  ) -> (hue: Double, saturation: Double, value: Double)? {
    guard random.chance(probability) else { return nil }
    let hue = random.either(limits.hue)
    let saturation = random.either(limits.saturation)
    return (hue, saturation, random.either(limits.value))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(&random) else { return }
    sample.changeHSV(hue: draw.hue, saturation: (1, draw.saturation), value: draw.value)
  }
}
