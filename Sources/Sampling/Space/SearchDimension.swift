internal import Foundation

/// A hyperparameter as mathematics sees it: which values it takes, and how [0, 1) is mapped to them.
package struct SearchDimension: Sendable {
  /// What it is called in messages.
  package let name: String
  package let values: Values
  /// All must hold for it to be active; empty where it always is.
  package let conditions: [Condition]

  package enum Values: Sendable, Hashable {
    /// The indices 0 ..< count, without an order.
    case choice(count: Int)
    /// lower + step · i for 0 ≤ i < count.
    case lattice(lower: Double, step: Double, count: Int)
    /// Every integer, each step of its logarithm alike.
    case logIntegers(lower: Double, upper: Double)
    case real(lower: Double, upper: Double)
    /// Every number, each step of its logarithm alike.
    case logReal(lower: Double, upper: Double)
  }

  /// A test of another dimension.
  package struct Condition: Sendable, Hashable {
    /// The position of the other among the dimensions.
    package let dimension: Int
    package let test: Test

    package enum Test: Sendable, Hashable {
      /// For choices, by their indices.
      case among(Set<Int>)
      case equal(Double)
      case notEqual(Double)
      case less(Double)
      case atMost(Double)
      case greater(Double)
      case atLeast(Double)
    }

    package init(_ dimension: Int, _ test: Test) { (self.dimension, self.test) = (dimension, test) }

    func holds(of value: Double) -> Bool {
      switch test {
      case .among(let indices): indices.contains(Int(value))
      case .equal(let other): value == other
      case .notEqual(let other): value != other
      case .less(let other): value < other
      case .atMost(let other): value <= other
      case .greater(let other): value > other
      case .atLeast(let other): value >= other
      }
    }
  }

  package init(_ name: String, _ values: Values, when conditions: [Condition] = []) {
    (self.name, self.values, self.conditions) = (name, values, conditions)
  }
}

extension SearchDimension {
  /// The number of values, `nil` where they are not countable.
  package var count: Int? {
    switch values {
    case .choice(let count), .lattice(_, _, let count): count
    case .logIntegers(let lower, let upper): Int(upper - lower) + 1
    case .real(let lower, let upper), .logReal(let lower, let upper): lower == upper ? 1 : nil
    }
  }

  var isChoice: Bool { if case .choice = values { true } else { false } }

  /// True where neighbouring numbers are compared by their ratio.
  var isLogarithmic: Bool {
    switch values {
    case .logIntegers, .logReal: true
    case .choice, .lattice, .real: false
    }
  }

  /// The distance of neighbouring values; 0 where there is none.
  var step: Double {
    switch values {
    case .lattice(_, let step, _): step
    case .choice, .logIntegers: 1
    case .real, .logReal: 0
    }
  }

  /// The value i of a countable dimension; for choices the index itself.
  package func value(_ index: Int) -> Double {
    switch values {
    case .choice: Double(index)
    case .lattice(let lower, let step, _): ExactMath.rounded(lower + step * Double(index))
    case .logIntegers(let lower, _): lower + Double(index)
    case .real(let lower, _), .logReal(let lower, _): lower
    }
  }

  /// The position of the value of a countable dimension that is nearest.
  func index(of value: Double) -> Int {
    switch values {
    case .choice: Int(value)
    case .lattice(let lower, let step, let count):
      min(max(Int(((value - lower) / step + 0.5).rounded(.down)), 0), count - 1)
    case .logIntegers(let lower, let upper):
      Int(min(max((value + 0.5).rounded(.down), lower), upper) - lower)
    case .real, .logReal: 0
    }
  }

  /// The ends of the values, half a step wider where they have steps, so that the outermost values
  /// are met as often as the others; logarithms where these are compared.
  var bounds: (lower: Double, upper: Double) {
    switch values {
    case .choice(let count): (-0.5, Double(count) - 0.5)
    case .lattice(let lower, let step, let count):
      (lower - step / 2, lower + step * (Double(count) - 0.5))
    case .logIntegers(let lower, let upper):
      (ExactMath.log(lower - 0.5), ExactMath.log(upper + 0.5))
    case .real(let lower, let upper): (lower, upper)
    case .logReal(let lower, let upper): (ExactMath.log(lower), ExactMath.log(upper))
    }
  }

  /// The value of a position in [0, 1).
  package func value(at unit: Double) -> Double {
    switch values {
    case .choice(let count), .lattice(_, _, let count):
      return value(min(max(Int(unit * Double(count)), 0), count - 1))
    case .logIntegers, .real, .logReal:
      let (lower, upper) = bounds
      return nearest(to: lower + unit * (upper - lower))
    }
  }

  /// The value for a number on the scale of ``bounds``: on the lattice, within the ends, of 12 digits.
  func nearest(to scaled: Double) -> Double {
    switch values {
    case .choice, .lattice: return value(index(of: scaled))
    case .logIntegers: return value(index(of: ExactMath.exp(scaled)))
    case .real(let lower, let upper): return min(max(ExactMath.rounded(scaled), lower), upper)
    case .logReal(let lower, let upper):
      return min(max(ExactMath.rounded(ExactMath.exp(scaled)), lower), upper)
    }
  }

  /// The value on the scale of ``bounds``.
  func scaled(_ value: Double) -> Double { isLogarithmic ? ExactMath.log(value) : value }

  /// The position in [0, 1] of a value.
  package func unit(of value: Double) -> Double {
    let (lower, upper) = bounds
    return upper > lower ? (scaled(value) - lower) / (upper - lower) : 0.5
  }
}
