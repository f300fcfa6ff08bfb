internal import CKernels

/// The noise of counted light; above 30 photons a pixel the normal approximation.
public struct PoissonNoise: Augmentation {
  public static let name = "poisson_noise"
  public static let about = "Counts photons: noise that grows with the root of the brightness."
  public static let fields = [photons.declaration, probability.declaration]
  public static let example = "poisson_noise: {photons: [20, 200]}"

  static let photons = Field<ClosedRange<Double>>.range(
    "photons", default: 20...200, Bounds(1...65536), "Of a white pixel; uniform.")
  static let probability = Self.chance(0.5, "Of changing a sample.")

  private let photons: ClosedRange<Double>
  private let probability: Double

  public init(_ values: FieldValues) {
    photons = values[Self.photons]
    probability = values[Self.probability]
  }

  func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.uniform(in: photons)
  }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let photons = draw(&random) else { return }
    sample.addNoise(uniform: true, &random) { image, uniform, normal in
      ck_shot_noise(&image, uniform, normal, image.count, Float(photons))
    }
  }
}
