package import Groundwork

/// Moved, scaled and turned in one resampling; the defaults are those of albumentations.
package struct ShiftScaleRotate: Augmentation {
  package static let name = "shift_scale_rotate"
  package static let about = "Moves, scales and turns image and labels in one resampling."
  package static let fields = [
    shift.declaration, scale.declaration, degrees.declaration, probability.declaration,
    border.declaration, interpolation.declaration,
  ]
  package static let example = "shift_scale_rotate: {shift: 0.0625, scale: 0.1, degrees: 45}"

  static let shift = Field.number(
    "shift", default: 0.0625, Bounds(0...1),
    "The farthest, as a part of width and height, either way.")
  package static let scale = Field.number(
    "scale", default: 0.1, Bounds(0..<1), "The factor is 1 plus at most this, either way.")
  static let degrees = Field.number(
    "degrees", default: 45, Bounds(0...180), unit: "degrees", "The largest angle, either way.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")
  static let border = Border.field
  package static let interpolation = Interpolation.field

  private let shift: Double
  private let scale: Double
  private let degrees: Double
  private let probability: Double
  private let border: Border
  private let interpolation: Interpolation

  package init(_ values: FieldValues) {
    shift = values[Self.shift]
    scale = values[Self.scale]
    degrees = values[Self.degrees]
    probability = values[Self.probability]
    border = Border(values)
    interpolation = Interpolation(values)
  }

  package struct Draw {
    /// Degrees, counter-clockwise.
    let angle: Double
    package let scale: Double
    /// As parts of width and height, to the right and downward.
    let shift: (x: Double, y: Double)
  }

  package func draw(_ random: inout RandomStream) -> Draw? {
    guard random.chance(probability) else { return nil }
    let angle = random.either(degrees)
    let factor = 1 + random.either(scale)
    let x = random.either(shift)
    return Draw(angle: angle, scale: factor, shift: (x, random.either(shift)))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(&random) else { return }
    let size = sample.size
    let translation = (
      x: draw.shift.x * Double(size.width), y: draw.shift.y * Double(size.height)
    )
    sample.warp(
      by: AffineMap(
        rotation: draw.angle, scale: draw.scale, translation: translation, about: size),
      interpolation: interpolation, border: border)
  }
}
