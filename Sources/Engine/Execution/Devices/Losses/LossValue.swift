/// A loss as a mean, with what it is the mean of, so that it can be averaged with others.
package struct LossValue: Sendable, Hashable {
  package let mean: Double
  /// Labelled pixels, their summed weights, or images; 0 where there were none, and the mean is 0.
  package let number: Double

  package init(_ mean: Double, of number: Double) {
    (self.mean, self.number) = (mean, number)
  }

  package init(sum: Double, of number: Double) { self.init(sum / number, of: number) }

  package static let nothing = LossValue(0, of: 0)

  /// Nothing to judge, where `value` is 0, or NaN.
  package static func nothing(_ value: Double) -> LossValue {
    value.isNaN ? LossValue(.nan, of: 1) : .nothing
  }
}
