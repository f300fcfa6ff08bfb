/// How the values of activations are stored and multiplied. Parameters, statistics, losses and
/// solvers are `f32` whatever it is.
package enum Precision: String, Sendable, Hashable, CaseIterable, Codable {
  /// IEEE 754 binary32.
  case f32
  /// The upper half of an `f32`: 8 bits of precision, the same range; sums are kept in `f32`.
  case bf16

  /// The number of bytes that one value takes.
  package var bytes: Int {
    switch self {
    case .f32: 4
    case .bf16: 2
    }
  }
}
