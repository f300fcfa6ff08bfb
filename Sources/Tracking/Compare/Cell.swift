package import Measurements

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

    /// A measured value: `0.6312`; missing for NaN.
    package static func value(_ value: Double, _ format: ValueFormat = .fixed(4)) -> Cell {
      value.isNaN ? .missing : Cell(.number(value), text: format.text(value))
    }

    /// A measured value over seeds with how many there are: `0.631 ± 0.012 (n 3)`; of a single seed
    /// without a deviation.
    package static func value(
      _ statistics: SeedStatistics?, _ format: ValueFormat = .fixed(4)
    ) -> Cell {
      guard let statistics else { return .missing }
      let text =
        if let deviation = statistics.deviation {
          "\(format.coarser.text(statistics.mean)) ± \(format.coarser.text(deviation))"
        } else {
          format.text(statistics.mean)
        }
      return Cell(.statistics(statistics), text: "\(text) (n \(statistics.count))")
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
