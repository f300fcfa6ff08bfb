package import Groundwork

/// Turned about the centre by a random angle; the size stays.
///
/// The image is interpolated, labels take the nearest pixel; what comes from outside is the sample's
/// `fill` in the image and ignored in the labels, unless the border says otherwise.
package struct Rotate: Augmentation {
  package static let name = "rotate"
  package static let about =
    "Turns image and labels by a random angle about the centre; rotate90 is DeepDetect's rotate."
  package static let fields = [
    degrees.declaration, probability.declaration, border.declaration, interpolation.declaration,
  ]
  package static let example = "rotate: {degrees: 10, probability: 0.5}"

  static let degrees = Field.number(
    "degrees", default: 10, Bounds(0...180), unit: "degrees",
    "The largest angle, either way; angles are uniform.")
  static let probability = Self.chance(0.5, "Probability of turning a sample.")
  static let border = Border.field.later
  package static let interpolation = Interpolation.field.later

  private let degrees: Double
  private let probability: Double
  private let border: Border
  private let interpolation: Interpolation

  package init(_ values: FieldValues) {
    degrees = values[Self.degrees]
    probability = values[Self.probability]
    border = Border(values)
    interpolation = Interpolation(values)
  }

  /// The angle in degrees; `nil` where the sample stays as it is.
  package func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return degrees * (2 * Double(random.uniform()) - 1)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let angle = draw(&random) else { return }
    sample.warp(
      by: AffineMap(rotation: angle, about: sample.size), interpolation: interpolation,
      border: border)
  }
}
