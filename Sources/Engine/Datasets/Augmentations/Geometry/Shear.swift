internal import Foundation
package import Groundwork

/// Slanted along both axes about the centre.
package struct Shear: Augmentation {
  package static let name = "shear"
  package static let about = "Slants image and labels along both axes."
  package static let fields = [
    degrees.declaration, probability.declaration, border.declaration, interpolation.declaration,
  ]
  package static let example = "shear: {degrees: 10}"

  static let degrees = Field.number(
    "degrees", default: 10, Bounds(0...45), unit: "degrees",
    "The largest angle along each axis, either way.")
  static let probability = Self.chance(0.5, "Probability of slanting a sample.")
  static let border = Border.field
  package static let interpolation = Interpolation.field

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

  /// Degrees.
  package func draw(_ random: inout RandomStream) -> (x: Double, y: Double)? {
    guard random.chance(probability) else { return nil }
    let x = random.either(degrees)
    return (x, random.either(degrees))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let (x, y) = draw(&random) else { return }
    sample.warp(
      by: AffineMap(shear: (tan(x * .pi / 180), tan(y * .pi / 180)), about: sample.size),
      interpolation: interpolation, border: border)
  }
}
