internal import CKernels
package import Groundwork

/// The barrel and pincushion of a lens (Brown 1966, k₁ = k₂).
package struct OpticalDistortion: Augmentation {
  package static let name = "optical_distortion"
  package static let about = "Bends straight lines as a lens does."
  package static let fields = [
    limit.declaration, probability.declaration, border.declaration,
  ]
  package static let example = "optical_distortion: {limit: 0.05}"

  package static let limit = Field.number(
    "limit", default: 0.05, Bounds(0...1),
    "The largest k, either way: r comes from r·(1 + k·r² + k·r⁴), r as a part of the width.")
  static let probability = Self.chance(0.5, "Probability of distorting a sample.")
  static let border = Border.field

  private let limit: Double
  private let probability: Double
  private let border: Border

  package init(_ values: FieldValues) {
    limit = values[Self.limit]
    probability = values[Self.probability]
    border = Border(values)
  }

  /// k.
  package func draw(_ random: inout RandomStream) -> Double? {
    guard random.chance(probability) else { return nil }
    return random.either(limit)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let k = draw(&random) else { return }
    sample.displace(border: border) { size, dx, dy, _ in
      ck_radial_field(dx, dy, Int32(size.height), Int32(size.width), k)
    }
  }
}
