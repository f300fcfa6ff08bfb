package import Groundwork

/// Contrast limited adaptive histogram equalisation (Zuiderveld 1994).
package struct CLAHE: GradedAugmentation {
  package static let name = "clahe"
  package static let about = "Equalises the brightness of each part of the image, within limits."
  package static let definition =
    "In a color image the luma (ITU-R BT.601) is equalized and added to all channels "
    + "alike, not each channel nor L of Lab."
  package static let fields = [clip.declaration, tiles.declaration, probability.declaration]
  package static let example = "clahe: {clip: [1, 4], tiles: 8}"

  package static let clip = Field<ClosedRange<Double>>.range(
    "clip", default: 1...4, Bounds(0.1...255),
    "How often a value may occur, in multiples of the mean; uniform.")
  static let tiles = Field.integer("tiles", default: 8, 1...32, "Along each axis.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  let strength: ClosedRange<Double>
  let probability: Double
  private let tiles: Int

  package init(_ values: FieldValues) {
    strength = values[Self.clip]
    tiles = values[Self.tiles]
    probability = values[Self.probability]
  }

  func change(_ sample: inout Sample, by clip: Double, _ random: inout RandomStream) {
    sample.equalizeLocally(tiles: tiles, clip: clip)
  }
}
