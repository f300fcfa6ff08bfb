internal import Foundation
package import Groundwork

/// Enlarged or shrunk and seen through a window of the old size.
///
/// A larger image shows a random part; a smaller one lies at a random place, and the border says
/// what is around it. One resampling does both.
package struct RandomScale: Augmentation {
  package static let name = "random_scale"
  package static let about =
    "Enlarges or shrinks the image; a window of the old size at a random place shows it."
  package static let fields = [
    scale.declaration, step.declaration, probability.declaration, border.declaration,
    interpolation.declaration,
  ]
  package static let example = "random_scale: {scale: [0.5, 2]}"

  package static let scale = Field<ClosedRange<Double>>.range(
    "scale", default: 0.9...1.1, Bounds(0.05...20), "The factors; uniform.")
  package static let step = Field.number(
    "step", default: 0, Bounds(0...20), "Between the factors that occur; 0 for all.")
  static let probability = Self.chance(1, "Probability of scaling a sample.")
  static let border = Border.field
  package static let interpolation = Interpolation.field

  private let scale: ClosedRange<Double>
  private let step: Double
  private let probability: Double
  private let border: Border
  private let interpolation: Interpolation

  package init(_ values: FieldValues) {
    scale = values[Self.scale]
    step = values[Self.step]
    probability = values[Self.probability]
    border = Border(values)
    interpolation = Interpolation(values)
  }

  /// The factor, and where the window lies: the part of the room that is left of it and above.
  package func draw(_ random: inout RandomStream) -> (scale: Double, x: Double, y: Double)? {
    guard random.chance(probability) else { return nil }
    let factor: Double
    if step > 0 {
      let steps = Int((scale.upperBound - scale.lowerBound) / step + 1e-9)
      factor = scale.lowerBound + step * Double(random.below(steps + 1))
    } else {
      factor = random.uniform(in: scale)
    }
    return (factor, Double(random.uniform()), Double(random.uniform()))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let (scale, x, y) = draw(&random) else { return }
    // Half-pixel centres: pixel i of the window shows (i + offset + ½) / scale − ½.
    func origin(_ extent: Int, _ share: Double) -> Double {
      let room = (Double(extent) * scale - Double(extent)) * share
      return (room.rounded(.down) + 0.5) / scale - 0.5
    }
    sample.warp(
      by: AffineMap(
        from: (origin(sample.size.width, x), origin(sample.size.height, y)), scale: scale),
      interpolation: interpolation, border: border)
  }
}
