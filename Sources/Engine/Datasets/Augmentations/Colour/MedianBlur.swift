internal import CKernels
package import Groundwork

/// The median of the neighbourhood: small things vanish, edges stay.
package struct MedianBlur: Augmentation {
  package static let name = "median_blur"
  package static let about = "Takes the median of each pixel's neighbourhood."
  package static let changesValuesAlone = true
  package static let fields = [size.declaration, probability.declaration]
  package static let example = "median_blur: {size: 5}"

  package static let size = Field.integer(
    "size", default: 5, 3...7, unit: "pixels",
    "The largest side of the square; 3, 5 and 7 up to it are as likely.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  private let size: Int
  private let probability: Double

  package init(_ values: FieldValues) {
    size = values[Self.size]
    probability = values[Self.probability]
  }

  package func draw(_ random: inout RandomStream) -> Int? {
    guard random.chance(probability) else { return nil }
    return 3 + 2 * random.below((size - 1) / 2)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let side = draw(&random) else { return }
    let (height, width) = (Int32(sample.size.height), Int32(sample.size.width))
    sample.redrawImage { old, image in
      ck_median_filter(old.image, &image, Int32(old.channels), height, width, Int32(side))
    }
  }
}
