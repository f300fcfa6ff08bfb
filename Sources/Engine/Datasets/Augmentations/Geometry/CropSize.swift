package import Groundwork

/// DeepDetect's `crop_size`: a random square of the training images.
///
/// Only training samples are cut; a network labels whole images when it is evaluated.
package struct CropSize: Augmentation {
  package static let name = "crop_size"
  package static let about = "DeepDetect's crop_size: cuts a random square out of each sample."
  package static let fields = [side.declaration]
  package static let example = "crop_size: {side: 224}"

  package static let side = Field.integer(
    "side", 1...16_384, unit: "pixels", "Height and width of the square; no larger than the image.")

  private let side: Int

  package init(_ values: FieldValues) { side = values[Self.side] }

  package func outputSize(for size: Size) throws(ComponentError) -> Size {
    guard side <= min(size.height, size.width) else {
      throw ComponentError(
        field: "side",
        "\(side) is larger than the images of \(size): choose a smaller square, "
          + "or random_crop with pad")
    }
    return Size(height: side, width: side)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    let top = random.below(sample.size.height - side + 1)
    let left = random.below(sample.size.width - side + 1)
    sample.crop(to: Size(height: side, width: side), top: top, left: left)
  }
}
