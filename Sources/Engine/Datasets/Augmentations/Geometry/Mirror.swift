internal import CKernels
package import Groundwork

/// Left and right exchanged, or top and bottom.
package struct Mirror: Augmentation {
  package static let name = "mirror"
  package static let about = "Mirrors image and labels left to right, or top to bottom."
  package static let fields = [probability.declaration, axis.declaration]
  package static let example = "mirror: {probability: 0.5}"

  static let probability = Self.chance(0.5, "Probability of mirroring a sample.")
  package static let axis = Field.name(
    "axis", default: "horizontal", oneOf: ["horizontal", "vertical"],
    "horizontal exchanges left and right, vertical top and bottom."
  ).later

  private let probability: Double
  private let isVertical: Bool

  package init(_ values: FieldValues) {
    probability = values[Self.probability]
    isVertical = values[Self.axis] == "vertical"
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let (height, width) = (Int32(sample.size.height), Int32(sample.size.width))
    if isVertical {
      ck_turn_floats(&sample.image, Int32(sample.channels), height, width)
      ck_turn_labels(&sample.labels, Int32(sample.planes), height, width)
    } else {
      ck_mirror_floats(&sample.image, height * Int32(sample.channels), width)
      ck_mirror_labels(&sample.labels, height * Int32(sample.planes), width)
    }
  }
}
