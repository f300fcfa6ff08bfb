internal import Foundation

extension ComparisonTable {
  /// One entry of a table: the raw value for programs, a short text for people.
  package struct Cell: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
      case missing
      case text(String)
      case boolean(Bool)
      case integer(Int)
      /// Never NaN: that is ``missing``.
      case number(Double)
      case statistics(SeedStatistics)
    }

    package var value: Value
    /// Empty for a missing value.
    package var text: String

    package init(_ value: Value, text: String) {
      self.value = value
      self.text = text
    }

    package static let missing = Cell(.missing, text: "")

    package static func text(_ text: String) -> Cell { Cell(.text(text), text: text) }

    package static func integer(_ number: Int) -> Cell { Cell(.integer(number), text: "\(number)") }

    /// A figure with four decimals: `0.6312`; missing for NaN.
    package static func figure(_ value: Double) -> Cell {
      value.isNaN ? .missing : Cell(.number(value), text: FigureText.decimals(value, 4))
    }

    /// A figure over seeds with how many there are: `0.631 ± 0.012 (n 3)`; of a single seed
    /// without a deviation.
    package static func figure(_ statistics: SeedStatistics?) -> Cell {
      guard let statistics else { return .missing }
      let figure =
        if let deviation = statistics.deviation {
          "\(FigureText.decimals(statistics.mean, 3)) ± \(FigureText.decimals(deviation, 3))"
        } else {
          FigureText.decimals(statistics.mean, 4)
        }
      return Cell(.statistics(statistics), text: "\(figure) (n \(statistics.count))")
    }

    /// A number as a spec writes it.
    static func written(_ text: String, _ number: Double) -> Cell {
      Cell(Int(exactly: number).map { .integer($0) } ?? .number(number), text: text)
    }

    /// A setting that the components of a row do not have.
    static let notApplicable = Cell(.missing, text: "–")

    var isMissing: Bool { value == .missing }

    var isNumeric: Bool {
      switch value {
      case .missing, .text, .boolean: false
      case .integer, .number, .statistics: true
      }
    }
  }
}
