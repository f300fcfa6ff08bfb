/// Which runs are meant, by what they are and have measured: the text of `--where`.
///
/// | written | holds for runs |
/// |---|---|
/// | `max(mean_iou) > 0.6` | whose value is more; also `==` `!=` `<` `<=` `>=` |
/// | `last(loss) > first(loss)` | of two values the first of which is more |
/// | `solver.base_lr in [1e-4, 1e-2]` | whose value is one of these |
/// | `solver.base_lr in 1e-4..1e-2` | whose value is in the range, its ends included |
/// | `tag == baseline` | with that tag: a list is equal to each of its elements |
/// | `host ~ '^gpu[0-9]+$'` | whose text holds a match of the regular expression |
/// | `experiment like cam*` | whose text is as the pattern; `*` is any text, `?` any letter |
/// | `fold is missing` | that have no such value; `is not missing` |
/// | `a and b` `a or b` `not a` `(a)` | `and` binds more than `or` |
///
/// A run without the value is in the answer neither of a comparison nor of its opposite.
package struct RunFilter: Sendable {
  let text: QueryText
  let condition: Condition

  indirect enum Condition: Sendable {
    case and(Condition, Condition)
    case or(Condition, Condition)
    case not(Condition)
    case missing(RunValue)
    case compared(RunValue, Comparison, Operand)
    case oneOf(RunValue, [Literal])
    case inRange(RunValue, from: Literal?, to: Literal?)
    case matching(RunValue, TextPattern)
  }

  enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="

    /// True where it asks which of two is more.
    var isOrder: Bool { self != .equal && self != .unequal }
  }

  /// What a value is compared with.
  enum Operand: Sendable {
    case literal(Literal)
    case value(RunValue)
  }

  /// A number or text as it is written.
  struct Literal: Sendable {
    let value: QueryValue
    let token: QueryText.Token
  }

  /// - Parameter source: the option that the text was given with, for errors.
  /// - Throws: ``QueryError`` where it follows no form of the grammar.
  package init(_ text: String, source: String = "--where") throws(QueryError) {
    let text = try QueryText(text, source: source)
    var tokens = QueryTokens(text)
    self.text = text
    condition = try Self.parse(&tokens)
    try tokens.requireEnd()
  }

  /// Every value that it asks for.
  var values: [RunValue] { condition.values }
}

extension RunFilter.Condition {
  fileprivate var values: [RunValue] {
    switch self {
    case .and(let left, let right), .or(let left, let right): left.values + right.values
    case .not(let condition): condition.values
    case .compared(let value, _, .value(let other)): [value, other]
    case .missing(let value), .compared(let value, _, .literal), .oneOf(let value, _),
      .inRange(let value, _, _), .matching(let value, _):
      [value]
    }
  }
}
