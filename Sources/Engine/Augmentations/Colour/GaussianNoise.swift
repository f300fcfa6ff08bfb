internal import CKernels

/// Noise that does not depend on the value: a camera's electronics.
public struct GaussianNoise: Augmentation {
  public static let name = "gaussian_noise"
  public static let about = "Adds normal noise to every value."
  public static let fields = [deviation.declaration, probability.declaration]
  public static let example = "gaussian_noise: {deviation: [5, 25]}"

  static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 5...25, Bounds(0...255), "Of 255; uniform.")
  static let probability = Self.chance(0.5, "Of changing a sample.")

  private let deviation: ClosedRange<Double>
  private let probability: Double

  public init(_ values: FieldValues) {
    deviation = values[Self.deviation]
    probability = values[Self.probability]
  }

  func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.uniform(in: deviation)
  }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let deviation = draw(&random) else { return }
    sample.addNoise(&random) { image, _, normal in
      ck_add_noise(&image, normal, image.count, Float(deviation), 0)
    }
  }
}
