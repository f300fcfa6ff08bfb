/// An interval of numbers, each end open or closed.
package struct Bounds: Sendable, Equatable, CustomStringConvertible {
  package let lower: Double
  package let upper: Double
  package let lowerIsOpen: Bool
  package let upperIsOpen: Bool

  package init(_ range: ClosedRange<Double>) {
    (lower, upper, lowerIsOpen, upperIsOpen) = (range.lowerBound, range.upperBound, false, false)
  }
  package init(_ range: Range<Double>) {
    (lower, upper, lowerIsOpen, upperIsOpen) = (range.lowerBound, range.upperBound, false, true)
  }
  package init(atLeast lower: Double) {
    (self.lower, upper, lowerIsOpen, upperIsOpen) = (lower, .infinity, false, true)
  }
  package init(above lower: Double) {
    (self.lower, upper, lowerIsOpen, upperIsOpen) = (lower, .infinity, true, true)
  }

  /// Tells whether the number lies within; NaN and infinities never do.
  package func contains(_ value: Double) -> Bool {
    value.isFinite && (lowerIsOpen ? value > lower : value >= lower)
      && (upperIsOpen ? value < upper : value <= upper)
  }

  /// As an error message says it: "at least 0", "above 0", "in [0, 1)".
  package var description: String {
    if upper == .infinity { return (lowerIsOpen ? "above " : "at least ") + Self.text(lower) }
    return "in " + (lowerIsOpen ? "(" : "[") + "\(Self.text(lower)), \(Self.text(upper))"
      + (upperIsOpen ? ")" : "]")
  }

  package static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
