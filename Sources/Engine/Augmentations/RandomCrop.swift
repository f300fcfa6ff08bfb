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
    sample.image = [Float].filled(count: cut.area * sample.channels) { target in
      ck_crop_floats(
        sample.image, Int32(sample.channels), Int32(size.height), Int32(size.width), target, top,
        left, height, width)
    }
    sample.labels = [UInt8].filled(count: cut.area) { target in
      ck_crop_bytes(sample.labels, Int32(size.width), 1, target, top, left, height, width)
    }
    sample.size = cut
  }
}
