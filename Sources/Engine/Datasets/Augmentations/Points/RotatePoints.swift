internal import Foundation
package import Groundwork

/// Turned about an axis through the middle of a block or shape.
package struct RotatePoints: PointAugmentation {
  package static let name = "rotate_points"
  package static let about = "Turns points, and their normals, about an axis through the middle."
  package static let fields = [degrees.declaration, axis.declaration, probability.declaration]
  package static let example = "rotate_points: {degrees: 180}"

  private static let degrees = Field.number(
    "degrees", default: 180, Bounds(0...180), unit: "degrees",
    "The greatest angle, both ways; uniform. 180 for all directions.")
  private static let axis = Field.name(
    "axis", default: "z", oneOf: ["x", "y", "z"], "The axis: z where that points up.")
  private static let probability = Self.chance(1, "Probability of turning a sample.")

  private let degrees: Double
  /// The two axes that are turned into each other.
  private let plane: (Int, Int)
  private let probability: Double

  package init(_ values: FieldValues) {
    degrees = values[Self.degrees]
    probability = values[Self.probability]
    plane =
      switch values[Self.axis] {
      case "x": (1, 2)
      case "y": (2, 0)
      default: (0, 1)
      }
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let angle = Double(random.uniform(-1, 1)) * degrees * .pi / 180
    let (cosine, sine) = (Float(cos(angle)), Float(sin(angle)))
    let count = sample.size.area
    for first in sample.directions {
      let (one, other) = ((first + plane.0) * count, (first + plane.1) * count)
      for point in 0..<count {
        let (x, y) = (sample.image[one + point], sample.image[other + point])
        sample.image[one + point] = cosine * x - sine * y
        sample.image[other + point] = sine * x + cosine * y
      }
    }
  }
}
