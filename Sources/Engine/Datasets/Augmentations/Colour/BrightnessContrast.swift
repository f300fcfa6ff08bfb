package import Groundwork

/// Values multiplied and moved.
package struct BrightnessContrast: Augmentation {
  package static let name = "brightness_contrast"
  package static let about = "Multiplies all values and adds to them."
  package static let changesValuesAlone = true
  package static let fields = [
    brightness.declaration, contrast.declaration, probability.declaration,
  ]
  package static let example = "brightness_contrast: {brightness: 0.2, contrast: 0.2}"

  static let brightness = Field.number(
    "brightness", default: 0.2, Bounds(0...1), "Added, as a part of 255, either way.")
  static let contrast = Field.number(
    "contrast", default: 0.2, Bounds(0...1), "The factor is 1 plus at most this, either way.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  private let brightness: Double
  private let contrast: Double
  private let probability: Double

  package init(_ values: FieldValues) {
    brightness = values[Self.brightness]
    contrast = values[Self.contrast]
    probability = values[Self.probability]
  }

  package func draw(_ random: inout RandomStream) -> (contrast: Double, brightness: Double)? {
    guard random.chance(probability) else { return nil }
    let factor = 1 + random.either(contrast)
    return (factor, random.either(brightness))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(&random) else { return }
    sample.scaleValues(by: draw.contrast, plus: 255 * draw.brightness)
  }
}
