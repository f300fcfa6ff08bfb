extension RunValue {
  /// - Parameter source: the option or argument that the text was given with, for errors.
  /// - Throws: ``QueryError`` where it follows no form of the grammar. Whether anything is called
  ///   so is ``RunNames``' to say.
  package init(_ text: String, source: String = "value") throws(QueryError) {
    var tokens = QueryTokens(try QueryText(text, source: source))
    self = try Self.parse(&tokens)
    try tokens.requireEnd()
  }

  /// Several values, parted by commas.
  package static func list(
    _ text: String, source: String = "values"
  ) throws(QueryError) -> [RunValue] {
    var tokens = QueryTokens(try QueryText(text, source: source))
    var values = [try parse(&tokens)]
    while tokens.takes(",") { values.append(try parse(&tokens)) }
    try tokens.requireEnd()
    return values
  }

  static let statistics = ["max", "min", "first", "last", "mean"]

  /// Takes a value from the tokens.
  static func parse(_ tokens: inout QueryTokens) throws(QueryError) -> RunValue {
    let first = try takeName(&tokens, "a value", remedy: "as max(mean_iou) or solver.base_lr")
    if first.kind == .word, tokens.next.isSign("(") { return try call(first, &tokens) }
    guard tokens.takes("@") else {
      return RunValue(first.text, text: tokens.text, place: first.place)
    }
    let (evaluation, selection) = try evaluation(&tokens)
    return RunValue(
      first.text, .at(evaluation), text: tokens.text, place: first.place, selection: selection)
  }

  private static func call(
    _ function: QueryText.Token, _ tokens: inout QueryTokens
  ) throws(QueryError) -> RunValue {
    guard statistics.contains(function.text) else {
      throw tokens.error(
        "there is no statistic '\(function.text)'", at: function.place,
        remedy: QueryError.hint(function.text, among: statistics)
          ?? "there is \(statistics.joined(separator: ", "))")
    }
    _ = tokens.takes("(")
    let name = try takeName(&tokens, "the name of a series")
    let statistic: Statistic
    switch function.text {
    case "max": statistic = .max
    case "min": statistic = .min
    case "first": statistic = .at(.first)
    case "last": statistic = .at(.last)
    default: statistic = .mean(last: try lastCount(&tokens))
    }
    try tokens.require(")", after: "'\(name.text)'")
    if tokens.next.isSign("@") {
      throw tokens.error(
        "\(function.text)(…) is one number already", at: tokens.next.place,
        remedy: "write \(name.text) @ …, or \(function.text)(\(name.text)) alone")
    }
    return RunValue(name.text, statistic, text: tokens.text, place: name.place)
  }

  /// `, last 5`
  private static func lastCount(_ tokens: inout QueryTokens) throws(QueryError) -> Int? {
    guard tokens.takes(",") else { return nil }
    guard tokens.takes(word: "last") else { throw tokens.expected("'last' and a number") }
    guard let count = Int(tokens.next.text), count > 0 else {
      throw tokens.expected("a number of evaluations, at least 1")
    }
    _ = tokens.take()
    return count
  }

  /// What stands behind an `@`.
  private static func evaluation(
    _ tokens: inout QueryTokens
  ) throws(QueryError) -> (Evaluation, selection: Range<Int>?) {
    let remedy = "there is best(series), max(series), min(series), first, last, epoch 40, step 800"
    guard tokens.next.kind == .word else { throw tokens.expected("an evaluation", remedy: remedy) }
    let word = tokens.take()
    switch word.text {
    case "first": return (.first, nil)
    case "last": return (.last, nil)
    case "epoch":
      guard let epoch = tokens.next.number, epoch >= 0 else {
        throw tokens.expected("the number of an epoch")
      }
      _ = tokens.take()
      return (.epoch(epoch), nil)
    case "step":
      guard let step = Int(tokens.next.text), step >= 0 else {
        throw tokens.expected("the number of a step")
      }
      _ = tokens.take()
      return (.step(step), nil)
    case "best" where !tokens.next.isSign("("): return (.best(nil), nil)
    case "best", "max", "min":
      try tokens.require("(", after: "'\(word.text)'")
      let name = try takeName(&tokens, "the name of a series")
      try tokens.require(")", after: "'\(name.text)'")
      switch word.text {
      case "max": return (.highest(name.text), name.place)
      case "min": return (.lowest(name.text), name.place)
      default: return (.best(name.text == objective ? nil : name.text), name.place)
      }
    default:
      throw tokens.error("'\(word.text)' is no evaluation", at: word.place, remedy: remedy)
    }
  }

  /// Stands for whatever a run is judged by.
  static let objective = "objective"

  private static func takeName(
    _ tokens: inout QueryTokens, _ what: String, remedy: String? = nil
  ) throws(QueryError) -> QueryText.Token {
    switch tokens.next.kind {
    case .word where tokens.next.number == nil: return tokens.take()
    case .quoted where !tokens.next.text.isEmpty: return tokens.take()
    default: throw tokens.expected(what, remedy: remedy)
    }
  }
}
