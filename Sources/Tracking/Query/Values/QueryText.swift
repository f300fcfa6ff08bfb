/// The text of a query as words and signs, each with its place.
struct QueryText: Sendable, Hashable {
  /// The option or argument that it was given with.
  let source: String
  let text: String
  let tokens: [Token]

  struct Token: Sendable, Hashable {
    let kind: Kind
    /// As it is written, without the quotes.
    let text: String
    /// In Unicode scalars of the text, from 0.
    let place: Range<Int>
  }

  enum Kind: Sendable, Hashable {
    /// `mean_iou`, `solver.base_lr`, `1e-3`.
    case word
    case quoted
    /// `(`, `==`, `..` and the like.
    case sign
    case end
  }

  /// - Throws: ``QueryError`` for a sign that means nothing, and for quotes without an end.
  init(_ text: String, source: String) throws(QueryError) {
    self.init(text: text, source: source, tokens: [])
    let scalars = Array(text.unicodeScalars)
    var tokens: [Token] = []
    var start = 0
    while start < scalars.count {
      if Self.isBlank(scalars[start]) {
        start += 1
        continue
      }
      let token = try Self.token(scalars, at: start, in: self)
      tokens.append(token)
      start = token.place.upperBound
    }
    tokens.append(Token(kind: .end, text: "", place: scalars.count..<scalars.count))
    self.init(text: text, source: source, tokens: tokens)
  }

  /// A text that needs no reading.
  init(words text: String) { self.init(text: text, source: "", tokens: []) }

  private init(text: String, source: String, tokens: [Token]) {
    (self.text, self.source, self.tokens) = (text, source, tokens)
  }

  private static let signs = [
    "==", "!=", "<=", ">=", "..", "(", ")", "[", "]", ",", "@", "<", ">", "~",
  ]

  private static func token(
    _ scalars: [Unicode.Scalar], at start: Int, in text: QueryText
  ) throws(QueryError) -> Token {
    if scalars[start] == "'" || scalars[start] == "\"" {
      guard let end = scalars[(start + 1)...].firstIndex(of: scalars[start]) else {
        throw QueryError(
          "the quotes that open here are not closed", text, start..<scalars.count)
      }
      return Token(
        kind: .quoted, text: string(scalars[(start + 1)..<end]), place: start..<end + 1)
    }
    for sign in signs where scalars[start...].starts(with: sign.unicodeScalars) {
      return Token(kind: .sign, text: sign, place: start..<start + sign.unicodeScalars.count)
    }
    var end = start
    while end < scalars.count, isOfWord(scalars[end]),
      !(scalars[end] == "." && end + 1 < scalars.count && scalars[end + 1] == ".")
    { end += 1 }
    guard end > start else {
      throw QueryError(
        "'\(scalars[start])' means nothing here", text, start..<start + 1,
        remedy: remedy(for: scalars[start]))
    }
    return Token(kind: .word, text: string(scalars[start..<end]), place: start..<end)
  }

  private static func remedy(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "=": "two values are equal with =="
    case "&": "write and"
    case "|": "write or"
    case "!": "write not, or !="
    default: "put text with such characters in quotes"
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    let others: Set<Unicode.Scalar> = [".", "_", "-", "+", "/", "*", "?", ":", "%", "#", "$"]
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark || others.contains(scalar)
  }
}

extension QueryText.Token {
  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
  func isWord(_ word: String) -> Bool { kind == .word && text == word }

  /// The number that a word is, in the spelling of a spec: `3`, `-0.5`, `1e-3`.
  var number: Double? {
    guard kind == .word, let first = text.utf8.first,
      (0x30...0x39).contains(first) || first == 0x2E || first == 0x2D || first == 0x2B,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || ".-+eE".utf8.contains($0) })
    else { return nil }
    return Double(text)
  }
}
