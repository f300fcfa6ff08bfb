/// Srivastava et al. 2014: each value is dropped with probability `rate` in training and the others
/// scaled by 1 / (1 − rate); the identity in evaluation.
package struct Dropout: Sendable, Hashable {
  package var rate: Float
}

extension Dropout: ShapeKeepingOperation {}

extension OperationWriter {
  /// The input itself where the rate is 0.
  mutating func dropout(_ name: String, _ input: Feature, rate: Float) -> Feature {
    guard rate > 0 else { return input }
    return append(name, .dropout(Dropout(rate: rate)), [input])[0]
  }
}
