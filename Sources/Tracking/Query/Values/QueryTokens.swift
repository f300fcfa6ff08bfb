/// Goes through the tokens of a query, one after the other.
struct QueryTokens {
  let text: QueryText
  private var index = 0

  init(_ text: QueryText) { self.text = text }

  var next: QueryText.Token { text.tokens[index] }

  mutating func take() -> QueryText.Token {
    let token = next
    if token.kind != .end { index += 1 }
    return token
  }

  /// Takes the sign where it comes next.
  mutating func takes(_ sign: String) -> Bool {
    guard next.isSign(sign) else { return false }
    index += 1
    return true
  }

  /// Takes the word where it comes next.
  mutating func takes(word: String) -> Bool {
    guard next.isWord(word) else { return false }
    index += 1
    return true
  }

  mutating func require(_ sign: String, after what: String) throws(QueryError) {
    guard takes(sign) else { throw expected("'\(sign)' after \(what)") }
  }

  func requireEnd() throws(QueryError) {
    guard next.kind == .end else {
      throw error("nothing is expected after this", at: next.place)
    }
  }

  func expected(_ what: String, remedy: String? = nil) -> QueryError {
    let found = next.kind == .end ? "the text ends" : "there is '\(next.text)'"
    return error("expected \(what), but \(found)", at: next.place, remedy: remedy)
  }

  func error(_ message: String, at place: Range<Int>, remedy: String? = nil) -> QueryError {
    QueryError(message, text, place, remedy: remedy)
  }
}
