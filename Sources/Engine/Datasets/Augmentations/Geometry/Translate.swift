package import Groundwork

/// Moved by whole pixels (Long, Shelhamer & Darrell 2015, up to 32).
package struct Translate: Augmentation {
  package static let name = "translate"
  package static let about = "Moves image and labels by whole pixels, either way along both axes."
  package static let fields = [pixels.declaration, probability.declaration, border.declaration]
  package static let example = "translate: {pixels: 32}"

  package static let pixels = Field.integer(
    "pixels", default: 32, 0...4096, unit: "pixels", "The farthest along each axis.")
  static let probability = Self.chance(1, "Probability of moving a sample.")
  static let border = Border.field

  private let pixels: Int
  private let probability: Double
  private let border: Border

  package init(_ values: FieldValues) {
    pixels = values[Self.pixels]
    probability = values[Self.probability]
    border = Border(values)
  }

  /// To the right and downward.
  package func draw(_ random: inout RandomStream) -> (x: Int, y: Int)? {
    guard random.chance(probability) else { return nil }
    let x = random.below(2 * pixels + 1) - pixels
    return (x, random.below(2 * pixels + 1) - pixels)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let (x, y) = draw(&random) else { return }
    sample.warp(
      by: AffineMap(from: (-Double(x), -Double(y)), scale: 1), interpolation: .nearest,
      border: border)
  }
}
