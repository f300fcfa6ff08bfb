internal import CKernels
package import Groundwork

/// Turned by a multiple of 90°, pixel by pixel: DeepDetect's `rotate`.
package struct Rotate90: Augmentation {
  package static let name = "rotate90"
  package static let about =
    "Turns image and labels by 0°, 90°, 180° or 270°, each as likely: DeepDetect's rotate."
  package static let fields = [turns.declaration, probability.declaration]
  package static let example = "rotate90: {turns: quarter}"

  package static let turns = Field.name(
    "turns", default: "quarter", oneOf: ["quarter", "half"],
    "quarter is for square images; half turns by 0° or 180°.")
  static let probability = Self.chance(
    1, "Probability of drawing an angle at all, which may be 0°.")

  private let turns: Int
  private let probability: Double

  package init(_ values: FieldValues) {
    turns = values[Self.turns] == "half" ? 2 : 4
    probability = values[Self.probability]
  }

  package func outputSize(for size: Size) throws(ComponentError) -> Size {
    guard turns == 2 || size.height == size.width else {
      throw ComponentError(
        field: "turns",
        "images of \(size) are not square: use turns: half, or cut squares with random_crop before")
    }
    return size
  }

  /// Quarter turns, counter-clockwise.
  package func draw(_ random: inout RandomStream) -> Int {
    guard random.chance(probability) else { return 0 }
    return random.below(turns) * (4 / turns)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    let quarters = draw(&random)
    guard quarters > 0 else { return }
    let (height, width) = (Int32(sample.size.height), Int32(sample.size.width))
    sample.redraw { old, image, labels in
      ck_quarter_floats(
        old.image, &image, Int32(old.channels), height, width, Int32(quarters))
      ck_quarter_labels(
        old.labels, &labels, Int32(old.planes), height, width, Int32(quarters))
    }
  }
}
