extension RunFilter {
  /// Makes sure that everything it asks for exists in some run and is compared with its like.
  ///
  /// - Throws: ``QueryError``.
  package func check(_ names: RunNames) throws(QueryError) {
    for value in values { try names.check(value) }
    try check(condition, names)
  }

  private func check(_ condition: Condition, _ names: RunNames) throws(QueryError) {
    switch condition {
    case .and(let left, let right), .or(let left, let right):
      try check(left, names)
      try check(right, names)
    case .not(let condition): try check(condition, names)
    case .missing: break
    case .compared(let value, let comparison, let operand):
      let kinds = names.kinds(of: value)
      if comparison.isOrder, kinds == [.list] {
        throw value.error(
          "\(value) is a list, which is not more or less than anything",
          remedy: "== asks whether it holds a value")
      }
      switch operand {
      case .literal(let literal): try check(literal, against: value, kinds)
      case .value(let other):
        let others = names.kinds(of: other)
        guard kinds.isEmpty || others.isEmpty || !kinds.isDisjoint(with: others) else {
          throw other.error("\(value) is \(word(kinds)), and \(other) is \(word(others))")
        }
      }
    case .oneOf(let value, let literals):
      for literal in literals { try check(literal, against: value, names.kinds(of: value)) }
    case .inRange(let value, let from, let to):
      for literal in [from, to].compactMap(\.self) {
        try check(literal, against: value, names.kinds(of: value))
      }
    case .matching(let value, _):
      guard names.kinds(of: value) != [.number] else {
        throw value.error("\(value) is a number, and patterns are for text")
      }
    }
  }

  private func check(
    _ literal: Literal, against value: RunValue, _ kinds: Set<QueryKind>
  ) throws(QueryError) {
    guard !kinds.isEmpty, !kinds.contains(.list) else { return }
    let written = literal.token.text
    switch literal.value {
    case .number where !kinds.contains(.number):
      throw QueryError(
        "\(value) is text, and \(written) is a number", text, literal.token.place,
        remedy: "text that looks like a number is written in quotes: '\(written)'")
    case .text where !kinds.contains(.text) && written != "none":
      throw QueryError(
        "\(value) is a number, and '\(written)' is text", text, literal.token.place,
        remedy: "to compare with another value, write last(\(written)) or \(written) @ …")
    case .list:
      throw QueryError(
        "\(value) is no list", text, literal.token.place, remedy: "one of several values is: in […]"
      )
    case .text:
      guard value.isPlain, let words = RunFact(named: value.name)?.words, !words.contains(written)
      else { return }
      throw QueryError(
        "there is no \(value.name) '\(written)'", text, literal.token.place,
        remedy: QueryError.hint(written, among: words)
          ?? "there is \(words.joined(separator: ", "))")
    case .number, .missing: break
    }
  }

  private func word(_ kinds: Set<QueryKind>) -> String {
    kinds == [.number] ? "a number" : kinds == [.list] ? "a list" : "text"
  }
}
