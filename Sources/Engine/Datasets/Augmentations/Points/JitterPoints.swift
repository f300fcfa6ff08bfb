package import Groundwork

/// Moved a little, each point by itself: what a scanner's noise does (Qi et al. 2017).
package struct JitterPoints: PointAugmentation {
  package static let name = "jitter_points"
  package static let about =
    "Moves every point by a normal offset along each axis, which is clipped."
  package static let fields = [deviation.declaration, clip.declaration, probability.declaration]
  package static let example = "jitter_points: {std: 0.01, clip: 0.05}"

  private static let deviation = Field.number(
    "std", default: 0.01, Bounds(0...1e6),
    "The standard deviation, in the unit of the positions as the network sees them.")
  private static let clip = Field.number(
    "clip", default: 0.05, Bounds(0...1e6), "The greatest offset, in the same unit.")
  private static let probability = Self.chance(1, "Probability of changing a sample.")

  private let deviation: Double
  private let clip: Double
  private let probability: Double

  package init(_ values: FieldValues) {
    deviation = values[Self.deviation]
    clip = values[Self.clip]
    probability = values[Self.probability]
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard sample.channels >= 3, random.chance(probability) else { return }
    let values = 3 * sample.size.area
    for place in stride(from: 0, to: values, by: 2) {
      let (first, second) = random.normals()
      sample.image[place] += offset(first)
      if place + 1 < values { sample.image[place + 1] += offset(second) }
    }
  }

  private func offset(_ normal: Double) -> Float {
    Float(min(max(normal * deviation, -clip), clip))
  }
}
