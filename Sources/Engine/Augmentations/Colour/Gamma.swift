internal import CKernels

/// Values raised to a power.
public struct Gamma: Augmentation {
  public static let name = "gamma"
  public static let about = "Raises all values, as parts of 255, to a power."
  public static let fields = [power.declaration, probability.declaration]
  public static let example = "gamma: {power: [0.8, 1.2]}"

  static let power = Field<ClosedRange<Double>>.range(
    "power", default: 0.8...1.2, Bounds(0.05...20), "Uniform; below 1 brightens.")
  static let probability = Self.chance(0.5, "Of changing a sample.")

  private let power: ClosedRange<Double>
  private let probability: Double

  public init(_ values: FieldValues) {
    power = values[Self.power]
    probability = values[Self.probability]
  }

  func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.uniform(in: power)
  }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let power = draw(&random) else { return }
    ck_gamma(&sample.image, sample.image.count, Float(power))
  }
}
