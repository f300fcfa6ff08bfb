internal import CKernels

/// Noise that does not depend on the value: a camera's electronics.
public struct GaussianNoise: GradedAugmentation {
  public static let name = "gaussian_noise"
  public static let about = "Adds normal noise to every value."
  public static let fields = [deviation.declaration, probability.declaration]
  public static let example = "gaussian_noise: {deviation: [5, 25]}"

  static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 5...25, Bounds(0...255), "Of 255; uniform.")
  static let probability = Self.chance(0.5, "Of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double

  public init(_ values: FieldValues) {
    strength = values[Self.deviation]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by deviation: Double, _ random: inout RandomStream) {
    sample.addNoise(&random) { image, _, normal in
      ck_add_noise(&image, normal, image.count, Float(deviation), 0)
    }
  }
}
