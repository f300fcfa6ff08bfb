/// Dead and hot pixels.
public struct SaltAndPepper: Augmentation {
  public static let name = "salt_and_pepper"
  public static let about = "Makes some pixels black or white."
  public static let fields = [amount.declaration, probability.declaration]
  public static let example = "salt_and_pepper: {amount: [0.01, 0.06]}"

  static let amount = Field<ClosedRange<Double>>.range(
    "amount", default: 0.01...0.06, Bounds(0...1),
    "Drawn pixels, as a part of all; uniform, and places may repeat.")
  static let probability = Self.chance(0.5, "Of changing a sample.")

  private let amount: ClosedRange<Double>
  private let probability: Double

  public init(_ values: FieldValues) {
    amount = values[Self.amount]
    probability = values[Self.probability]
  }

  func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.uniform(in: amount)
  }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let amount = draw(&random) else { return }
    sample.addSaltAndPepper(share: amount, &random)
  }
}
