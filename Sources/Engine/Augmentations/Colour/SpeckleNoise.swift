internal import CKernels

/// Noise in proportion to the value: ultrasound, radar, lasers.
public struct SpeckleNoise: Augmentation {
  public static let name = "speckle_noise"
  public static let about = "Multiplies every value by 1 plus normal noise."
  public static let fields = [deviation.declaration, probability.declaration]
  public static let example = "speckle_noise: {deviation: [0.05, 0.2]}"

  static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 0.05...0.2, Bounds(0...2),
    "Of the noise, as a part of the value; uniform.")
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
      ck_add_noise(&image, normal, image.count, 0, Float(deviation))
    }
  }
}
