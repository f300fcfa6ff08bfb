internal import Foundation

extension ComparisonTable {
  /// One entry of a table: the raw value for programs, a short text for people.
  public struct Cell: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
      case missing
      case text(String)
      case integer(Int)
      /// Never NaN: that is ``missing``.
      case number(Double)
      case statistics(SeedStatistics)
    }

    public var value: Value
    /// Empty for a missing value.
    public var text: String

    public init(_ value: Value, text: String) {
      self.value = value
      self.text = text
    }

    public static let missing = Cell(.missing, text: "")

    public static func text(_ text: String) -> Cell { Cell(.text(text), text: text) }

    public static func integer(_ number: Int) -> Cell { Cell(.integer(number), text: "\(number)") }

    /// A figure with four decimals: `0.6312`; missing for NaN.
    public static func figure(_ value: Double) -> Cell {
      value.isNaN ? .missing : Cell(.number(value), text: decimals(value, 4))
    }

    /// A figure over seeds: `0.631 ± 0.012`; of a single seed as a plain figure.
    public static func figure(_ statistics: SeedStatistics?) -> Cell {
      guard let statistics else { return .missing }
      guard let deviation = statistics.deviation else {
        return Cell(.statistics(statistics), text: decimals(statistics.mean, 4))
      }
      return Cell(
        .statistics(statistics),
        text: "\(decimals(statistics.mean, 3)) ± \(decimals(deviation, 3))")
    }

    /// A value as a spec writes it, kept as a number where it is one.
    static func written(_ text: String) -> Cell {
      if let number = Int(text) { return Cell(.integer(number), text: text) }
      let isNumeric = text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
      if isNumeric, let number = Double(text), number.isFinite {
        return Cell(.number(number), text: text)
      }
      return .text(text)
    }

    var isMissing: Bool { value == .missing }

    var isNumeric: Bool {
      switch value {
      case .missing, .text: false
      case .integer, .number, .statistics: true
      }
    }

    private static func decimals(_ value: Double, _ places: Int) -> String {
      String(format: "%.\(places)f", value)
    }
  }
}
