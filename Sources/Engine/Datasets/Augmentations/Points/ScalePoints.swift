package import Groundwork

/// Made larger or smaller about the middle of a block or shape.
package struct ScalePoints: PointAugmentation {
  package static let name = "scale_points"
  package static let about = "Multiplies the positions of all points by one factor."
  package static let fields = [scale.declaration, probability.declaration]
  package static let example = "scale_points: {scale: [0.8, 1.25]}"

  private static let scale = Field<ClosedRange<Double>>.range(
    "scale", default: 0.8...1.25, Bounds(0.01...100), "The factors; uniform.")
  private static let probability = Self.chance(1, "Probability of scaling a sample.")

  private let scale: ClosedRange<Double>
  private let probability: Double

  package init(_ values: FieldValues) {
    scale = values[Self.scale]
    probability = values[Self.probability]
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard sample.channels >= 3, random.chance(probability) else { return }
    let factor = Float(random.uniform(in: scale))
    for place in 0..<3 * sample.size.area { sample.image[place] *= factor }
  }
}
