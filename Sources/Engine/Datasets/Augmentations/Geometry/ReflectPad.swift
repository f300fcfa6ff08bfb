package import Groundwork

/// Surrounded by its own mirror image, as U-Net's tiles are (Ronneberger, Fischer & Brox 2015).
package struct ReflectPad: Augmentation {
  package static let name = "reflect_pad"
  package static let about = "Surrounds image and labels by their mirror image, on all sides alike."
  package static let fields = [pixels.declaration, multiple.declaration, labels.declaration]
  package static let example = "reflect_pad: {multiple: 32}"

  package static let pixels = Field.integer(
    "pixels", default: 0, 0...4096, unit: "pixels", "Added on each side at least.")
  package static let multiple = Field.integer(
    "multiple", default: 32, 1...4096, unit: "pixels",
    "Height and width become the next multiples of it.")
  package static let labels = Field.name(
    "labels", default: "ignored", oneOf: ["ignored", "mirrored"],
    "Labels of the pixels that are added.")

  private let pixels: Int
  private let multiple: Int
  private let labelBorder: Border

  package init(_ values: FieldValues) {
    pixels = values[Self.pixels]
    multiple = values[Self.multiple]
    labelBorder = values[Self.labels] == "mirrored" ? .reflect101 : .constant
  }

  package func outputSize(for size: Size) -> Size {
    func padded(_ extent: Int) -> Int {
      (extent + 2 * pixels + multiple - 1) / multiple * multiple
    }
    return Size(height: padded(size.height), width: padded(size.width))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    let (size, target) = (sample.size, outputSize(for: sample.size))
    guard target != size else { return }
    sample.show(
      target, top: -((target.height - size.height) / 2),
      left: -((target.width - size.width) / 2), border: .reflect101, labelBorder: labelBorder)
  }
}
