internal import CKernels
package import Groundwork

/// Columns and rows of a grid become wider or narrower; the edges stay.
package struct GridDistortion: Augmentation {
  package static let name = "grid_distortion"
  package static let about = "Makes the columns and rows of a grid wider and narrower."
  package static let fields = [
    steps.declaration, limit.declaration, probability.declaration,
  ]
  package static let example = "grid_distortion: {steps: 5, limit: 0.3}"

  package static let steps = Field.integer("steps", default: 5, 1...64, "Cells along each axis.")
  package static let limit = Field.number(
    "limit", default: 0.3, Bounds(0..<1),
    "A cell is 1 plus at most this times as wide, either way, before all are made to fit.")
  static let probability = Self.chance(0.5, "Probability of distorting a sample.")

  private let steps: Int
  private let limit: Double
  private let probability: Double

  package init(_ values: FieldValues) {
    steps = values[Self.steps]
    limit = values[Self.limit]
    probability = values[Self.probability]
  }

  /// Writes how far each of `count` places along an axis is from where it comes from.
  ///
  /// - Parameter bounds: memory for `steps` + 1 values: where the cells begin in the source.
  package func draw(
    _ random: inout RandomStream, _ displacements: UnsafeMutablePointer<Float>, _ count: Int,
    bounds: UnsafeMutablePointer<Float>
  ) {
    bounds[0] = 0
    for cell in 0..<steps { bounds[cell + 1] = bounds[cell] + Float(1 + random.either(limit)) }
    let scale = Float(max(count - 1, 1)) / bounds[steps]
    for place in 0..<count {
      let position = Float(place) * Float(steps) / Float(max(count - 1, 1))
      let cell = min(Int(position), steps - 1)
      let share = position - Float(cell)
      let source = (bounds[cell] + (bounds[cell + 1] - bounds[cell]) * share) * scale
      displacements[place] = min(max(source, 0), Float(count - 1)) - Float(place)
    }
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard random.chance(probability) else { return }
    let most = max(sample.size.height, sample.size.width)
    sample.displace(border: .replicate, scratch: most + steps + 1) { size, dx, dy, scratch in
      let (height, width) = (Int32(size.height), Int32(size.width))
      draw(&random, scratch, size.width, bounds: scratch + most)
      ck_spread_columns(scratch, dx, height, width)
      draw(&random, scratch, size.height, bounds: scratch + most)
      ck_spread_rows(scratch, dy, height, width)
    }
  }
}
