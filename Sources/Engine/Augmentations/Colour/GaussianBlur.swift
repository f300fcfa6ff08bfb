/// Out of focus.
public struct GaussianBlur: Augmentation {
  public static let name = "gaussian_blur"
  public static let about = "Blurs with a Gaussian."
  public static let fields = [deviation.declaration, probability.declaration]
  public static let example = "gaussian_blur: {deviation: [0.5, 3]}"

  static let deviation = Field<ClosedRange<Double>>.range(
    "deviation", default: 0.5...3, Bounds(0.1...30), "Of the Gaussian in pixels; uniform.")
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
    sample.blur(deviation: deviation, radius: Int((3 * deviation).rounded(.up)))
  }
}
