package import Groundwork

/// Fewer points: those that are dropped show the first point of the sample once more, with its label, so that
/// there are as many as before (Qi, Yi, Su & Guibas, "PointNet++", NeurIPS 2017).
package struct DropPoints: PointAugmentation {
  package static let name = "drop_points"
  package static let about =
    "Drops a random part of the points, in whose places the first one stands."
  package static let fields = [most.declaration, probability.declaration]
  package static let example = "drop_points: {most: 0.875}"

  private static let most = Field.number(
    "most", default: 0.875, Bounds(0...0.99),
    "The greatest part that is dropped; uniform from 0 on.")
  private static let probability = Self.chance(1, "Probability of changing a sample.")

  private let most: Double
  private let probability: Double

  package init(_ values: FieldValues) {
    most = values[Self.most]
    probability = values[Self.probability]
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let rate = most * Double(random.uniform())
    let count = sample.size.area
    for point in 1..<max(1, count) where random.chance(rate) {
      for channel in 0..<sample.channels {
        sample.image[channel * count + point] = sample.image[channel * count]
      }
      for plane in 0..<sample.planes {
        sample.labels[plane * count + point] = sample.labels[plane * count]
      }
    }
  }
}
