internal import CKernels

/// A part of fixed size from a random place.
public struct RandomCrop: Augmentation {
  public static let name = "random_crop"
  public static let about = "Cuts a part of fixed size out of a random place."
  public static let fields = [cut.declaration]
  public static let example = "random_crop: {size: [256, 256]}"

  static let cut = Field.size("size", "Height and width of the part; no larger than the image.")

  private let cut: Size

  public init(_ values: FieldValues) {
    cut = values[Self.cut]
  }

  public func outputSize(for size: Size) throws(ComponentError) -> Size {
    guard cut.height <= size.height, cut.width <= size.width else {
      throw ComponentError(
        field: "size", "\(cut) is larger than the images of \(size): choose a smaller size")
    }
    return cut
  }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    let size = sample.size
    let top = Int32(random.below(size.height - cut.height + 1))
    let left = Int32(random.below(size.width - cut.width + 1))
    let (height, width) = (Int32(cut.height), Int32(cut.width))
    sample.redraw(as: cut) { old, image, labels in
      ck_crop_floats(
        old.image, Int32(old.channels), Int32(size.height), Int32(size.width), &image, top, left,
        height, width)
      ck_crop_bytes(old.labels, Int32(size.width), 1, &labels, top, left, height, width)
    }
  }
}
