internal import CKernels
package import Groundwork

/// Left and right exchanged, or top and bottom, or the slices of a volume from the first to the last.
package struct Mirror: Augmentation {
  package static let name = "mirror"
  package static let about =
    "Mirrors image and labels left to right, top to bottom, or a volume along its depth."
  package static let fields = [probability.declaration, axis.declaration]
  package static let example = "mirror: {probability: 0.5}"

  static let probability = Self.chance(0.5, "Probability of mirroring a sample.")
  package static let axis = Field.name(
    "axis", default: "horizontal", oneOf: ["horizontal", "vertical", "depth"],
    "horizontal exchanges left and right, vertical top and bottom, depth the slices of a volume."
  ).later

  private let probability: Double
  private let isVertical: Bool
  private let isAlongDepth: Bool

  package init(_ values: FieldValues) {
    probability = values[Self.probability]
    isVertical = values[Self.axis] == "vertical"
    isAlongDepth = values[Self.axis] == "depth"
  }

  package func check(spatialRank: Int) throws(ComponentError) {
    guard isAlongDepth, spatialRank < 3 else { return }
    throw ComponentError(
      field: Self.axis.declaration.name,
      "images have no depth: write horizontal or vertical, or three numbers in data.patches.size")
  }

  package func apply(toVolume sample: inout Sample, random: inout RandomStream) {
    guard isAlongDepth else { return applyToEachSlice(of: &sample, random: &random) }
    guard random.chance(probability) else { return }
    let depth = sample.depth, area = sample.size.area / depth
    func reverse<Value: BitwiseCopyable>(_ old: [Value], into new: inout [Value]) {
      for place in 0..<old.count / area {
        let (plane, slice) = place.quotientAndRemainder(dividingBy: depth)
        let source = (plane * depth + depth - 1 - slice) * area
        new.replace(place * area, by: old, source..<source + area)
      }
    }
    sample.redraw { old, image, labels in
      reverse(old.image, into: &image)
      reverse(old.labels, into: &labels)
    }
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
