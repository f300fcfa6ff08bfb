internal import CKernels

/// Left and right exchanged.
public struct Mirror: Augmentation {
  public static let name = "mirror"
  public static let about = "Mirrors image and labels left to right."
  public static let fields = [probability.declaration]
  public static let example = "mirror: {probability: 0.5}"

  static let probability = Field.number(
    "probability", default: 0.5, Bounds(0...1), "Of mirroring a sample.")

  private let probability: Double

  public init(_ values: FieldValues) {
    probability = values[Self.probability]
  }

  public func outputSize(for size: Size) -> Size { size }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let (height, width) = (Int32(sample.size.height), Int32(sample.size.width))
    ck_mirror_floats(&sample.image, height * Int32(sample.channels), width)
    ck_mirror_bytes(&sample.labels, height, width)
  }
}
