/// What a sweep says about its hyperparameters: the text of `when` and `require`.
///
/// | written | means |
/// |---|---|
/// | `solver.type == SGD` | equal; also `!=` `<` `<=` `>` `>=` |
/// | `losses in [dice, focal]` | one of these |
/// | `a.b * 2 + c.d`, `min(a.b, 3)` | arithmetic with `+ - * /`, `min`, `max` and parentheses |
/// | `x and y`, `x or y`, `not x` | `and` binds more than `or` |
indirect enum SweepExpression: Sendable {
  case number(Double)
  case text(String)
  /// A word without quotes: a path where something has that path, else text.
  case word(Word)
  case list([SweepExpression])
  case negated(SweepExpression)
  case arithmetic(SweepExpression, Operator, SweepExpression)
  case extreme(isMaximum: Bool, [SweepExpression])
  case compared(SweepExpression, Comparison, SweepExpression)
  case contained(SweepExpression, [SweepExpression])
  case and(SweepExpression, SweepExpression)
  case or(SweepExpression, SweepExpression)
  case not(SweepExpression)

  struct Word: Sendable, Hashable {
    let text: String
    /// Where it is in the text, in Unicode scalars from 0.
    let offset: Int
  }

  enum Operator: String, Sendable { case plus = "+", minus = "-", times = "*", by = "/" }

  enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case more = ">"
  }

  /// What is wrong with the text, and where.
  struct Problem: Error, Sendable {
    let message: String
    let word: Word
  }
}

extension SweepExpression {
  /// Every word in it.
  var words: [Word] {
    switch self {
    case .number, .text: []
    case .word(let word): [word]
    case .list(let parts), .extreme(_, let parts): parts.flatMap(\.words)
    case .negated(let part), .not(let part): part.words
    case .arithmetic(let left, _, let right), .compared(let left, _, let right),
      .and(let left, let right), .or(let left, let right):
      left.words + right.words
    case .contained(let value, let elements): value.words + elements.flatMap(\.words)
    }
  }
}

/// A value that an expression counts with.
enum ExpressionValue: Sendable, Hashable {
  case number(Double)
  case text(String)
  case truth(Bool)
  case list([ExpressionValue])

  /// What a node of a spec is: a component counts as its name.
  init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar):
      if let number = scalar.number {
        self = .number(number)
      } else if case .boolean(let truth) = scalar.value {
        self = .truth(truth)
      } else {
        self = .text(scalar.text)
      }
    case .sequence(let elements): self = .list(elements.map(ExpressionValue.init))
    case .mapping(let entries):
      self = .text(node["name"]?.scalar?.text ?? entries.first?.key ?? "")
    }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// Equal where it is the same, or a list of one that is.
  func isSame(as other: ExpressionValue) -> Bool {
    switch (self, other) {
    case (.list(let elements), .list(let others)): elements == others
    case (.list(let elements), _): elements.count == 1 && elements[0] == other
    case (_, .list(let elements)): elements.count == 1 && elements[0] == self
    case (.truth(let truth), .text(let text)), (.text(let text), .truth(let truth)):
      "\(truth)" == text
    default: self == other
    }
  }
}

extension SweepExpression {
  /// Its value, with words looked up; text where nothing has that name. `nil` where numbers and text do
  /// not go together.
  func value(_ lookup: (String) -> ExpressionValue?) -> ExpressionValue? {
    switch self {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .word(let word): return lookup(word.text) ?? Self.constant(word.text)
    case .list(let parts):
      let values = parts.compactMap { $0.value(lookup) }
      return values.count == parts.count ? .list(values) : nil
    case .negated(let part): return part.value(lookup)?.number.map { .number(-$0) }
    case .arithmetic(let left, let sign, let right):
      guard let left = left.value(lookup)?.number, let right = right.value(lookup)?.number else {
        return nil
      }
      switch sign {
      case .plus: return .number(left + right)
      case .minus: return .number(left - right)
      case .times: return .number(left * right)
      case .by: return .number(left / right)
      }
    case .extreme(let isMaximum, let parts):
      let numbers = parts.compactMap { $0.value(lookup)?.number }
      guard numbers.count == parts.count else { return nil }
      return (isMaximum ? numbers.max() : numbers.min()).map { .number($0) }
    case .compared(let left, let comparison, let right):
      guard let left = left.value(lookup), let right = right.value(lookup) else { return nil }
      switch comparison {
      case .equal: return .truth(left.isSame(as: right))
      case .unequal: return .truth(!left.isSame(as: right))
      case .less, .more, .atMost, .atLeast:
        guard let left = left.number, let right = right.number else { return nil }
        switch comparison {
        case .less: return .truth(left < right)
        case .more: return .truth(left > right)
        case .atMost: return .truth(left <= right)
        default: return .truth(left >= right)
        }
      }
    case .contained(let value, let elements):
      guard let value = value.value(lookup) else { return nil }
      let others = elements.compactMap { $0.value(lookup) }
      return others.count == elements.count ? .truth(others.contains { value.isSame(as: $0) }) : nil
    case .and(let left, let right):
      guard let left = left.truth(lookup), let right = right.truth(lookup) else { return nil }
      return .truth(left && right)
    case .or(let left, let right):
      guard let left = left.truth(lookup), let right = right.truth(lookup) else { return nil }
      return .truth(left || right)
    case .not(let part): return part.truth(lookup).map { .truth(!$0) }
    }
  }

  func truth(_ lookup: (String) -> ExpressionValue?) -> Bool? {
    if case .truth(let truth) = value(lookup) { truth } else { nil }
  }

  private static func constant(_ text: String) -> ExpressionValue {
    text == "true" || text == "false" ? .truth(text == "true") : .text(text)
  }
}
