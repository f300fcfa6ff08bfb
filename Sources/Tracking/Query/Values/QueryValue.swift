package import Measurements

/// What a run answers when it is asked for a value.
package enum QueryValue: Sendable, Hashable {
  /// Never NaN: that is ``missing(_:)``.
  case number(Double)
  case text(String)
  /// Tags, sizes, the names of losses.
  case list([QueryValue])
  /// There is none, and why: a sentence without its end.
  case missing(String)

  package var number: Double? { if case .number(let number) = self { number } else { nil } }
  package var isMissing: Bool { if case .missing = self { true } else { false } }
}

extension QueryValue {
  /// - Parameter format: how a measured number is written; a setting with as few digits as it takes.
  package func text(_ format: ValueFormat? = nil) -> String {
    switch self {
    case .number(let number): format?.text(number) ?? WrittenNumbers.shortest(number)
    case .text(let text): text
    case .list(let elements): elements.map { $0.text(format) }.joined(separator: ", ")
    case .missing: "–"
    }
  }

  /// A number, or the reason why it is none.
  static func measured(_ value: Double, _ name: String, at point: EvaluationPoint) -> QueryValue {
    value.isNaN
      ? .missing("\(name) is not a number at epoch \(point.epochText)") : .number(value)
  }
}
