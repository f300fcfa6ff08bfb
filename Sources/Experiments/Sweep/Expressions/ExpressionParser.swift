internal import Foundation

/// Reads the text of a ``SweepExpression``.
struct ExpressionParser {
  private var tokens: ArraySlice<Token>
  private let end: SweepExpression.Word
  private var depth = 0

  private struct Token {
    enum Kind { case number(Double), word, quoted, sign }
    let kind: Kind
    let word: SweepExpression.Word
    var text: String { word.text }
  }

  typealias Problem = SweepExpression.Problem

  static func parse(_ text: String) throws(Problem) -> SweepExpression {
    var parser = try ExpressionParser(text)
    let expression = try parser.disjunction()
    if let rest = parser.tokens.first {
      throw Problem(message: "'\(rest.text)' is one too many", word: rest.word)
    }
    return expression
  }

  // MARK: - Tokens

  private static let signs = [
    "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",",
  ]

  private init(_ text: String) throws(Problem) {
    let scalars = Array(text.unicodeScalars)
    end = SweepExpression.Word(text: "the end", offset: max(0, scalars.count - 1))
    var tokens: [Token] = []
    var offset = 0
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || "_.".unicodeScalars.contains(scalar)
        || ("0"..."9").contains(Character(scalar))
    }
    while offset < scalars.count {
      let scalar = scalars[offset]
      if scalar == " " || scalar == "\t" || scalar == "\n" {
        offset += 1
        continue
      }
      if scalar == "'" || scalar == "\"" {
        guard let close = scalars[(offset + 1)...].firstIndex(of: scalar) else {
          throw Problem(
            message: "a quote is not closed", word: .init(text: String(scalar), offset: offset))
        }
        let inside = String(String.UnicodeScalarView(scalars[(offset + 1)..<close]))
        tokens.append(Token(kind: .quoted, word: .init(text: inside, offset: offset)))
        offset = close + 1
        continue
      }
      if isWord(scalar) {
        var stop = offset
        while stop < scalars.count,
          isWord(scalars[stop]) || Self.isExponentSign(scalars, stop, offset)
        {
          stop += 1
        }
        let word = String(String.UnicodeScalarView(scalars[offset..<stop]))
        let isNumber = ("0"..."9").contains(Character(scalar)) || scalar == "."
        let number = isNumber ? Double(word) : nil
        tokens.append(
          Token(kind: number.map { .number($0) } ?? .word, word: .init(text: word, offset: offset)))
        offset = stop
        continue
      }
      let rest = String(String.UnicodeScalarView(scalars[offset..<min(offset + 2, scalars.count)]))
      guard let sign = Self.signs.first(where: { rest.hasPrefix($0) }) else {
        throw Problem(
          message: rest.hasPrefix("=")
            ? "'=' means nothing here: equality is ==" : "'\(scalar)' means nothing here",
          word: .init(text: String(scalar), offset: offset))
      }
      tokens.append(Token(kind: .sign, word: .init(text: sign, offset: offset)))
      offset += sign.count
    }
    self.tokens = tokens[...]
  }

  /// The `-` of `1e-3`.
  private static func isExponentSign(
    _ scalars: [Unicode.Scalar], _ offset: Int, _ start: Int
  ) -> Bool {
    guard scalars[offset] == "-" || scalars[offset] == "+", offset > start,
      ("0"..."9").contains(Character(scalars[start])) || scalars[start] == ".",
      scalars[offset - 1] == "e" || scalars[offset - 1] == "E"
    else { return false }
    return true
  }

  private mutating func takes(_ text: String) -> Bool {
    guard let token = tokens.first, token.text == text else { return false }
    if case .quoted = token.kind { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func require(_ text: String) throws(Problem) {
    if !takes(text) { throw missing("'\(text)'") }
  }

  private func missing(_ what: String) -> Problem {
    Problem(
      message: "\(what) is missing before "
        + (tokens.first.map { "'\($0.text)'" } ?? "the end"),
      word: tokens.first?.word ?? end)
  }

  // MARK: - Grammar

  private mutating func disjunction() throws(Problem) -> SweepExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < 50 else {
      throw Problem(message: "parentheses are nested too deeply", word: tokens.first?.word ?? end)
    }
    var left = try conjunction()
    while takes("or") { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(Problem) -> SweepExpression {
    var left = try negation()
    while takes("and") { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(Problem) -> SweepExpression {
    var count = 0
    while takes("not") { count += 1 }
    let comparison = try comparison()
    return count % 2 == 1 ? .not(comparison) : comparison
  }

  private mutating func comparison() throws(Problem) -> SweepExpression {
    let left = try sum()
    if takes("in") {
      try require("[")
      return .contained(left, try elements(until: "]"))
    }
    guard let token = tokens.first, case .sign = token.kind,
      let comparison = SweepExpression.Comparison(rawValue: token.text)
    else { return left }
    tokens.removeFirst()
    return .compared(left, comparison, try sum())
  }

  private mutating func sum() throws(Problem) -> SweepExpression {
    var left = try product()
    while true {
      if takes("+") {
        left = .arithmetic(left, .plus, try product())
      } else if takes("-") {
        left = .arithmetic(left, .minus, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(Problem) -> SweepExpression {
    var left = try factor()
    while true {
      if takes("*") {
        left = .arithmetic(left, .times, try factor())
      } else if takes("/") {
        left = .arithmetic(left, .by, try factor())
      } else {
        return left
      }
    }
  }

  private mutating func factor() throws(Problem) -> SweepExpression {
    var isNegative = false
    while takes("-") { isNegative.toggle() }
    let value = try operand()
    return isNegative ? .negated(value) : value
  }

  private mutating func operand() throws(Problem) -> SweepExpression {
    if takes("(") {
      let inside = try disjunction()
      try require(")")
      return inside
    }
    if takes("[") { return .list(try elements(until: "]")) }
    guard let token = tokens.first else { throw missing("a value") }
    switch token.kind {
    case .sign: throw missing("a value")
    case .number(let number):
      tokens.removeFirst()
      return .number(number)
    case .quoted:
      tokens.removeFirst()
      return .text(token.text)
    case .word:
      guard !["and", "or", "not", "in"].contains(token.text) else { throw missing("a value") }
      tokens.removeFirst()
      if ["min", "max"].contains(token.text), takes("(") {
        return .extreme(isMaximum: token.text == "max", try elements(until: ")"))
      }
      return .word(token.word)
    }
  }

  private mutating func elements(until close: String) throws(Problem) -> [SweepExpression] {
    var elements = [try sum()]
    while takes(",") { elements.append(try sum()) }
    try require(close)
    return elements
  }
}
