package import Groundwork

/// A rectangle of another sample, image and labels (Yun et al. 2019).
package struct CutMix: Augmentation {
  package static let name = "cutmix"
  package static let about = "Replaces a rectangle by the same rectangle of another sample."
  package static let fields = [area.declaration, probability.declaration]
  package static let example = "cutmix: {probability: 0.5}"

  package static let area = Field<ClosedRange<Double>>.range(
    "area", default: 0...1, Bounds(0...1),
    "Area of the rectangle, as a part of the image, before its outer parts are cut off; uniform."
  )
  static let probability = Self.chance(0.5, "Probability of mixing a sample.")

  private let area: ClosedRange<Double>
  private let probability: Double

  package init(_ values: FieldValues) {
    area = values[Self.area]
    probability = values[Self.probability]
  }

  package var joinsLabels: Bool { true }
  package static var mixesSamples: Bool { true }

  package func partners(_ random: RandomStream) -> Int {
    var random = random
    return random.chance(probability) ? 1 : 0
  }

  /// Rows and columns; `nil` where the sample stays as it is.
  package func draw(
    _ size: Size, _ random: inout RandomStream
  ) -> (rows: Range<Int>, columns: Range<Int>)? {
    guard random.chance(probability) else { return nil }
    let side = random.uniform(in: area).squareRoot()
    func range(_ extent: Int) -> Range<Int> {
      let length = Int((side * Double(extent)).rounded())
      let first = random.below(extent) - length / 2
      return max(first, 0)..<max(min(first + length, extent), max(first, 0))
    }
    let rows = range(size.height)
    return (rows, range(size.width))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(sample.size, &random), !sample.partners.isEmpty else { return }
    sample.paste(
      partner: 0, from: (draw.rows.lowerBound, draw.columns.lowerBound), rows: draw.rows,
      columns: draw.columns)
  }
}
