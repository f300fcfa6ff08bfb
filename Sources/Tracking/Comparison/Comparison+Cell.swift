package import Measurements

extension Comparison {
  /// One entry of a table: the raw value for programs, a short text for people.
  package struct Cell: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
      case absent(Absence)
      case text(String)
      case boolean(Bool)
      case integer(Int)
      /// Never NaN: that is ``absent(_:)``.
      case number(Double)
      case measured(ReplicateValues)
    }

    package var value: Value
    package var text: String
    /// Stands in where the text has no room.
    package var short: String?

    package init(_ value: Value, text: String, short: String? = nil) {
      (self.value, self.text, self.short) = (value, text, short)
    }

    package static func text(_ text: String) -> Cell { Cell(.text(text), text: text) }

    package static func integer(_ number: Int) -> Cell { Cell(.integer(number), text: "\(number)") }

    /// A measured value: `0.6312`; not recorded for NaN.
    package static func value(_ value: Double, _ format: ValueFormat = .fixed(4)) -> Cell {
      value.isNaN ? .notRecorded : Cell(.number(value), text: format.text(value))
    }

    /// A number as a spec writes it.
    static func written(_ text: String, _ number: Double) -> Cell {
      Cell(Int(exactly: number).map { .integer($0) } ?? .number(number), text: text)
    }

    package static func absent(_ absence: Absence) -> Cell {
      Cell(.absent(absence), text: absence.sign)
    }

    /// A setting that the components of a row do not have.
    static let notApplicable = absent(.notApplicable)
    static let notRecorded = absent(.notRecorded)

    package var isMissing: Bool {
      if case .absent = value { true } else { false }
    }

    var isNumeric: Bool {
      switch value {
      case .absent, .text, .boolean: false
      case .integer, .number, .measured: true
      }
    }
  }

  /// Why a cell has no value.
  package enum Absence: Sendable, Hashable {
    /// There can be none: the setting of a component that the row does not use, a test of a row against
    /// itself.
    case notApplicable
    case notRecorded
    case stillRunning
    /// The runs ended without one: `failed`.
    case ended(String)

    package var sign: String {
      switch self {
      case .notApplicable: "—"
      case .notRecorded: "·"
      case .stillRunning: "…"
      case .ended(let word): word
      }
    }

    /// In words, for programs.
    package var reason: String {
      switch self {
      case .notApplicable: "not applicable"
      case .notRecorded: "not recorded"
      case .stillRunning: "still running"
      case .ended(let word): word
      }
    }
  }
}

/// The values of a row's runs: what a mean is of.
package struct ReplicateValues: Sendable, Hashable {
  package var entries: [Entry]
  /// Over the entries that have a value.
  package let summary: SampleSummary?

  package struct Entry: Sendable, Hashable {
    package var run: RunPlace
    package var seed: UInt64
    package var fold: String?
    /// NaN where there is none.
    package var value: Double

    package init(run: RunPlace, seed: UInt64, fold: String? = nil, value: Double) {
      (self.run, self.seed, self.fold, self.value) = (run, seed, fold, value)
    }
  }

  package init(_ entries: [Entry]) {
    self.entries = entries
    summary = SampleSummary(entries.lazy.map(\.value))
  }

  package var values: [Double] { entries.map(\.value) }
}
