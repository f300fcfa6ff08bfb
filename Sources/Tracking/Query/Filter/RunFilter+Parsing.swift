extension RunFilter {
  /// `or` binds least, then `and`, then `not`.
  static func parse(_ tokens: inout QueryTokens) throws(QueryError) -> Condition {
    var condition = try conjunction(&tokens)
    while tokens.takes(word: "or") { condition = .or(condition, try conjunction(&tokens)) }
    return condition
  }

  private static func conjunction(_ tokens: inout QueryTokens) throws(QueryError) -> Condition {
    var condition = try negation(&tokens)
    while tokens.takes(word: "and") { condition = .and(condition, try negation(&tokens)) }
    return condition
  }

  private static func negation(_ tokens: inout QueryTokens) throws(QueryError) -> Condition {
    if tokens.takes(word: "not") { return .not(try negation(&tokens)) }
    if tokens.takes("(") {
      let condition = try parse(&tokens)
      try tokens.require(")", after: "what is in parentheses")
      return condition
    }
    return try comparison(&tokens)
  }

  private static func comparison(_ tokens: inout QueryTokens) throws(QueryError) -> Condition {
    let start = tokens.next
    if start.number != nil {
      throw tokens.error(
        "a comparison begins with a value of a run", at: start.place,
        remedy: "write the number last, as max(mean_iou) > 0.6")
    }
    let value = try RunValue.parse(&tokens)
    if tokens.takes(word: "is") { return try absence(of: value, &tokens) }
    if tokens.takes(word: "not") {
      guard tokens.takes(word: "in") else { throw tokens.expected("'in' after 'not'") }
      return .not(try membership(of: value, &tokens))
    }
    if tokens.takes(word: "in") { return try membership(of: value, &tokens) }
    if tokens.takes("~") { return .matching(value, try pattern(&tokens, isGlob: false)) }
    if tokens.takes(word: "like") { return .matching(value, try pattern(&tokens, isGlob: true)) }
    let sign = tokens.next
    guard sign.kind == .sign, let comparison = Comparison(rawValue: sign.text) else {
      throw tokens.expected(
        "a comparison", remedy: "there is ==, !=, <, <=, >, >=, in, ~, like and 'is missing'")
    }
    _ = tokens.take()
    return .compared(value, comparison, try operand(&tokens))
  }

  private static func absence(
    of value: RunValue, _ tokens: inout QueryTokens
  ) throws(QueryError) -> Condition {
    let isNegated = tokens.takes(word: "not")
    guard tokens.takes(word: "missing") else { throw tokens.expected("'missing'") }
    return isNegated ? .not(.missing(value)) : .missing(value)
  }

  private static func membership(
    of value: RunValue, _ tokens: inout QueryTokens
  ) throws(QueryError) -> Condition {
    if tokens.takes("[") {
      var elements = [try literal(&tokens)]
      while tokens.takes(",") { elements.append(try literal(&tokens)) }
      try tokens.require("]", after: "the last of the values")
      return .oneOf(value, elements)
    }
    let isRange =
      tokens.next.isSign("..") || tokens.next.kind == .word || tokens.next.kind == .quoted
    let from = tokens.next.isSign("..") || !isRange ? nil : try literal(&tokens)
    guard isRange, tokens.takes("..") else {
      throw tokens.expected(
        "values or a range", remedy: "write [1e-4, 1e-2] for these two, 1e-4..1e-2 for all between")
    }
    let isOpen =
      tokens.next.kind == .end || tokens.next.kind == .sign || tokens.next.isWord("and")
      || tokens.next.isWord("or")
    let to = isOpen ? nil : try literal(&tokens)
    if from == nil, to == nil { throw tokens.expected("an end of the range") }
    return .inRange(value, from: from, to: to)
  }

  /// What stands right of a sign: text, a number, or another value where it has a statistic or an `@`.
  private static func operand(_ tokens: inout QueryTokens) throws(QueryError) -> Operand {
    var ahead = tokens
    let first = ahead.take()
    if first.kind == .word && ahead.next.isSign("(") || ahead.next.isSign("@") {
      return .value(try RunValue.parse(&tokens))
    }
    if first.isSign("[") { return .literal(try list(&tokens)) }
    return .literal(try literal(&tokens))
  }

  private static func literal(_ tokens: inout QueryTokens) throws(QueryError) -> Literal {
    let token = tokens.next
    guard token.kind == .word || token.kind == .quoted else {
      throw tokens.expected("a number or text")
    }
    _ = tokens.take()
    return Literal(value: token.number.map { .number($0) } ?? .text(token.text), token: token)
  }

  /// `[360, 480]`, for a setting that is a list.
  private static func list(_ tokens: inout QueryTokens) throws(QueryError) -> Literal {
    let start = tokens.take()
    var elements: [QueryValue] = []
    while !tokens.next.isSign("]") {
      if !elements.isEmpty { try tokens.require(",", after: "an element") }
      elements.append(try literal(&tokens).value)
    }
    let end = tokens.take()
    return Literal(
      value: .list(elements),
      token: QueryText.Token(
        kind: .word, text: "[…]", place: start.place.lowerBound..<end.place.upperBound))
  }

  private static func pattern(
    _ tokens: inout QueryTokens, isGlob: Bool
  ) throws(QueryError) -> TextPattern {
    let token = tokens.next
    guard token.kind == .word || token.kind == .quoted else {
      throw tokens.expected(isGlob ? "a pattern" : "a regular expression")
    }
    _ = tokens.take()
    if isGlob { return TextPattern(glob: token.text) }
    guard let pattern = TextPattern(expression: token.text) else {
      throw tokens.error("this is no regular expression", at: token.place)
    }
    return pattern
  }
}
