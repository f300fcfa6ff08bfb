/// Contrast limited adaptive histogram equalisation (Zuiderveld 1994).
public struct CLAHE: Augmentation {
  public static let name = "clahe"
  public static let about = "Equalises the brightness of each part of the image, within limits."
  public static let fields = [clip.declaration, tiles.declaration, probability.declaration]
  public static let example = "clahe: {clip: [1, 4], tiles: 8}"

  static let clip = Field<ClosedRange<Double>>.range(
    "clip", default: 1...4, Bounds(0.1...255),
    "How often a value may occur, in multiples of the mean; uniform.")
  static let tiles = Field.integer("tiles", default: 8, 1...32, "Along each axis.")
  static let probability = Self.chance(0.5, "Of changing a sample.")

  private let clip: ClosedRange<Double>
  private let tiles: Int
  private let probability: Double

  public init(_ values: FieldValues) {
    clip = values[Self.clip]
    tiles = values[Self.tiles]
    probability = values[Self.probability]
  }

  func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.uniform(in: clip)
  }

  public func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let clip = draw(&random) else { return }
    sample.equalizeLocally(tiles: tiles, clip: clip)
  }
}
