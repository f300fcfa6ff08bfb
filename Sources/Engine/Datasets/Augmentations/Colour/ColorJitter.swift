package import Groundwork

/// Brightness, contrast, saturation and hue in a random order, as torchvision does.
package struct ColorJitter: Augmentation {
  package static let name = "color_jitter"
  package static let about = "Changes brightness, contrast, saturation and hue in a random order."
  package static let changesValuesAlone = true
  package static let fields = [
    brightness.declaration, contrast.declaration, saturation.declaration, hue.declaration,
    probability.declaration,
  ]
  package static let example =
    "color_jitter: {brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05}"

  static let brightness = Field.number(
    "brightness", default: 0.2, Bounds(0...1),
    "Values are multiplied by 1 plus at most this, either way.")
  static let contrast = Field.number(
    "contrast", default: 0.2, Bounds(0...1),
    "How far values lie from the mean grey is multiplied by 1 plus at most this, either way.")
  static let saturation = Field.number(
    "saturation", default: 0.2, Bounds(0...1),
    "How far values lie from their grey is multiplied by 1 plus at most this, either way.")
  static let hue = Field.number(
    "hue", default: 0.05, Bounds(0...0.5), "At most this part of the circle, either way.")
  static let probability = Self.chance(1, "Probability of changing a sample.")

  private let strengths:
    (
      brightness: Double, contrast: Double, saturation: Double, hue: Double
    )
  private let probability: Double

  package init(_ values: FieldValues) {
    strengths = (
      values[Self.brightness], values[Self.contrast], values[Self.saturation], values[Self.hue]
    )
    probability = values[Self.probability]
  }

  package struct Draw {
    /// Factors.
    let brightness: Double
    let contrast: Double
    let saturation: Double
    /// What is added to the hue, as a part of the full circle.
    let hue: Double
    /// 0 brightness, 1 contrast, 2 saturation, 3 hue.
    var order: InlineArray<4, Int> = [0, 1, 2, 3]
  }

  package func draw(_ random: inout RandomStream) -> Draw? {
    guard random.chance(probability) else { return nil }
    let brightness = 1 + random.either(strengths.brightness)
    let contrast = 1 + random.either(strengths.contrast)
    let saturation = 1 + random.either(strengths.saturation)
    var draw = Draw(
      brightness: brightness, contrast: contrast, saturation: saturation,
      hue: random.either(strengths.hue))
    for last in [3, 2, 1] { draw.order.swapAt(last, random.below(last + 1)) }
    return draw
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(&random) else { return }
    for index in draw.order.indices {
      switch draw.order[index] {
      case 0: sample.scaleValues(by: draw.brightness, plus: 0)
      case 1: sample.changeContrast(by: draw.contrast)
      case 2: sample.saturate(by: draw.saturation)
      default: if draw.hue != 0 { sample.changeHSV(hue: 180 * draw.hue) }
      }
    }
  }
}
