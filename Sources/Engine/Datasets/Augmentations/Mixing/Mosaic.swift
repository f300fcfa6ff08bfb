package import Groundwork

/// Four samples around a point (Bochkovskiy, Wang & Liao 2020, YOLOv4), each seen through a random
/// window in its own resolution.
package struct Mosaic: Augmentation {
  package static let name = "mosaic"
  package static let about = "Puts parts of four samples together around a random point."
  package static let fields = [centre.declaration, probability.declaration]
  package static let example = "mosaic: {probability: 0.5}"

  static let centre = Field<ClosedRange<Double>>.range(
    "centre", default: 0.25...0.75, Bounds(0...1),
    "Where the four meet, as a part of height and width; uniform.")
  static let probability = Self.chance(0.5, "Probability of mixing a sample.")

  private let centre: ClosedRange<Double>
  private let probability: Double

  package init(_ values: FieldValues) {
    centre = values[Self.centre]
    probability = values[Self.probability]
  }

  package var joinsLabels: Bool { true }
  package static var mixesSamples: Bool { true }

  package func partners(_ random: RandomStream) -> Int {
    var random = random
    return random.chance(probability) ? 3 : 0
  }

  package struct Draw {
    package let row: Int
    package let column: Int
    /// Which quarter the sample itself is seen in: 0 upper left, 1 upper right, 2 and 3 below.
    package let own: Int
  }

  package func draw(_ size: Size, _ random: inout RandomStream) -> Draw? {
    guard random.chance(probability) else { return nil }
    let row = Int((random.uniform(in: centre) * Double(size.height)).rounded())
    let column = Int((random.uniform(in: centre) * Double(size.width)).rounded())
    return Draw(row: row, column: column, own: random.below(4))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    let size = sample.size
    guard let draw = draw(size, &random), sample.partners.count >= 3 else { return }
    var partner = 0
    for quarter in 0..<4 where quarter != draw.own {
      let rows = quarter < 2 ? 0..<draw.row : draw.row..<size.height
      let columns = quarter % 2 == 0 ? 0..<draw.column : draw.column..<size.width
      let top = random.below(size.height - rows.count + 1)
      let left = random.below(size.width - columns.count + 1)
      sample.paste(partner: partner, from: (top, left), rows: rows, columns: columns)
      partner += 1
    }
  }
}
