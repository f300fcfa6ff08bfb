package import Groundwork

/// A rectangle of random noise or of the mean; labels stay (DeVries & Taylor 2017; DeepDetect's
/// `cutout`; Zhong et al. 2017).
package struct Cutout: Augmentation {
  package static let name = "cutout"
  package static let about = "DeepDetect's cutout: covers a random rectangle of the image."
  package static let fields = [
    probability.declaration, area.declaration, aspect.declaration, holes.declaration,
    fill.declaration, labels.declaration,
  ]
  package static let example = "cutout: {probability: 0.1}"

  static let probability = Self.chance(0.1, "Probability of covering something.")
  package static let area = Field<ClosedRange<Double>>.range(
    "area", default: 0.02...0.4, Bounds(0...1), "Area of the rectangle, as a part of the image.")
  static let aspect = Field<ClosedRange<Double>>.range(
    "aspect", default: 0.3...3, Bounds(0.01...100), "Height by width of a rectangle.")
  static let holes = Field.integer("holes", default: 1, 1...100, "Rectangles.")
  package static let fill = Field.name(
    "fill", default: "noise", oneOf: ["noise", "mean"],
    "noise is a random value for each pixel and channel, mean that of the data set.")
  package static let labels = Field.name(
    "labels", default: "kept", oneOf: ["kept", "ignored"], "Under a rectangle.")

  private let probability: Double
  private let area: ClosedRange<Double>
  private let aspect: ClosedRange<Double>
  private let holes: Int
  private let isNoise: Bool
  private let ignoresLabels: Bool

  package init(_ values: FieldValues) {
    probability = values[Self.probability]
    area = values[Self.area]
    aspect = values[Self.aspect]
    holes = values[Self.holes]
    isNoise = values[Self.fill] == "noise"
    ignoresLabels = values[Self.labels] == "ignored"
  }

  package struct Hole: Equatable {
    package var top: Int
    package var left: Int
    package var height: Int
    package var width: Int
  }

  /// The extent of a hole within an image.
  package static func extent(_ size: Size, area: Double, aspect: Double) -> (
    height: Int, width: Int
  ) {
    let pixels = area * Double(size.area)
    let height = Int((pixels * aspect).squareRoot().rounded(.down))
    let width = Int((pixels / aspect).squareRoot().rounded(.down))
    return (min(height, size.height), min(width, size.width))
  }

  package func draw(_ size: Size, _ random: inout RandomStream) -> Hole {
    let share = random.uniform(in: area)
    let (height, width) = Self.extent(size, area: share, aspect: random.uniform(in: aspect))
    let top = random.below(size.height - height + 1)
    return Hole(
      top: top, left: random.below(size.width - width + 1), height: height, width: width)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    for _ in 0..<holes { cover(draw(sample.size, &random), of: &sample, &random) }
  }

  private func cover(_ hole: Hole, of sample: inout Sample, _ random: inout RandomStream) {
    let (size, channels, fill) = (sample.size, sample.channels, sample.fill)
    guard hole.height * hole.width > 0 else { return }
    sample.image.withUnsafeMutableBufferPointer { image in
      for row in hole.top..<hole.top + hole.height {
        let start = row * size.width + hole.left
        for channel in 0..<channels {
          let first = channel * size.area + start
          for index in first..<first + hole.width {
            image[index] = isNoise ? Float(random.below(256)) : fill[channel]
          }
        }
      }
    }
    guard ignoresLabels else { return }
    for plane in 0..<sample.planes {
      for row in hole.top..<hole.top + hole.height {
        let start = (plane * size.height + row) * size.width
        for column in hole.left..<hole.left + hole.width {
          sample.labels[start + column] = Labels.ignoreIndex
        }
      }
    }
  }
}
