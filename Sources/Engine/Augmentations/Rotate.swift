/// Turned about the centre by a random angle; the size stays.
///
/// The image is bilinear, labels take the nearest pixel; what comes from outside is the sample's
/// `fill` in the image and ignored in the labels.
public struct Rotate: Augmentation {
  public static let name = "rotate"
  public static let about = "Turns image and labels by a random angle about the centre."
  public static let fields = [degrees.declaration, probability.declaration]
  public static let example = "rotate: {degrees: 10, probability: 0.5}"

  static let degrees = Field.number(
    "degrees", default: 10, Bounds(0...180), unit: "degrees",
    "The largest angle, either way; angles are uniform.")
  static let probability = Field.number(
    "probability", default: 0.5, Bounds(0...1), "Of turning a sample.")

  private let degrees: Double
  private let probability: Double

  public init(_ values: FieldValues) {
    degrees = values[Self.degrees]
    probability = values[Self.probability]
  }

  public func outputSize(for size: Size) -> Size { size }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let angle = degrees * (2 * Double(random.uniform()) - 1)
    sample.warp(by: AffineMap(rotation: angle, about: sample.size))
  }
}
