internal import Foundation

/// Where a value lies along an axis, from 0 at its beginning to 1 at its end.
package enum Scale: Sendable, Hashable {
  case linear(ClosedRange<Double>)
  /// Of positive values alone.
  case log(ClosedRange<Double>)
  /// Names in a row: the i-th has its middle at i and reaches from i − 0.5 to i + 0.5.
  case band([String])

  /// `nil` for what has no place on the axis: what is not finite, and on a logarithmic one what is not
  /// above 0.
  package func fraction(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch self {
    case .linear(let range):
      let extent = range.upperBound - range.lowerBound
      return extent > 0 ? (value - range.lowerBound) / extent : 0.5
    case .log(let range):
      guard value > 0, range.lowerBound > 0 else { return nil }
      let extent = Foundation.log(range.upperBound / range.lowerBound)
      return extent > 0 ? Foundation.log(value / range.lowerBound) / extent : 0.5
    case .band(let names):
      return names.isEmpty ? nil : (value + 0.5) / Double(names.count)
    }
  }

  package var names: [String]? {
    if case .band(let names) = self { names } else { nil }
  }

  package var isLog: Bool {
    if case .log = self { true } else { false }
  }

  /// The first and the last value.
  package var domain: ClosedRange<Double> {
    switch self {
    case .linear(let range), .log(let range): range
    case .band(let names): -0.5...(Double(max(names.count, 1)) - 0.5)
    }
  }
}

extension Scale {
  /// A scale from the first to the last of the values, a little wider, so that no mark lies on its edge.
  ///
  /// - Parameters:
  ///   - margin: of the extent, on either side.
  ///   - includes: a value that the scale reaches in any case, such as 0.
  package static func linear(
    over values: some Sequence<Double>, margin: Double = 0.04, includes: Double? = nil
  ) -> Scale {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
    if let includes { (low, high) = (min(low, includes), max(high, includes)) }
    guard low <= high else { return .linear(0...1) }
    if low == high {
      let room = low == 0 ? 1 : abs(low) * 0.1
      return .linear(low - room...high + room)
    }
    let room = (high - low) * margin
    return .linear(
      (includes == low ? low : low - room)...(includes == high ? high : high + room))
  }

  /// The same on a logarithmic scale; of what is not above 0 it knows nothing.
  package static func log(over values: some Sequence<Double>, margin: Double = 0.04) -> Scale {
    var (low, high) = (Double.infinity, 0.0)
    for value in values where value.isFinite && value > 0 {
      (low, high) = (min(low, value), max(high, value))
    }
    guard low <= high else { return .log(0.1...1) }
    if low == high { return .log(low / 2...high * 2) }
    let room = pow(high / low, margin)
    return .log(low / room...high * room)
  }
}
