/// What a browser asks of the dashboard, as far as the dashboard understands it.
struct HTTPRequest: Equatable, Sendable {
  enum Method: String, Sendable { case get = "GET", head = "HEAD" }

  let method: Method
  /// Begins with `/`; letters, digits, and `. _ - /` alone.
  let path: String
  /// What follows the question mark, by name; of a name that stands there twice, the first value.
  let query: [String: String]
  /// By name in small letters; no name twice.
  let fields: [String: String]

  /// Where the browser thinks it is: there always is one.
  var host: String { fields["host"] ?? "" }

  /// The value of a cookie; `nil` where there is none of that name.
  func cookie(_ name: String) -> String? {
    for part in (fields["cookie"] ?? "").split(separator: ";") {
      let pair = part.drop { $0 == " " }
      if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
    }
    return nil
  }
}

/// What the bytes that have arrived so far are.
enum HTTPParsing: Equatable, Sendable {
  /// The head does not end yet.
  case incomplete
  case request(HTTPRequest)
  /// They are no request that is answered, and more bytes would not change that.
  case refused(HTTPStatus)
}
