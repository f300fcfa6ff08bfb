/// The beginning of an answer: how it went.
enum HTTPStatus: Int, Sendable, CaseIterable {
  case ok = 200
  case seeOther = 303
  case badRequest = 400
  case forbidden = 403
  case notFound = 404
  case methodNotAllowed = 405
  case requestTimeout = 408
  case contentTooLarge = 413
  case targetTooLong = 414
  case misdirectedRequest = 421
  case headTooLarge = 431
  case serviceUnavailable = 503
  case versionNotSupported = 505

  var reason: String {
    switch self {
    case .ok: "OK"
    case .seeOther: "See Other"
    case .badRequest: "Bad Request"
    case .forbidden: "Forbidden"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .requestTimeout: "Request Timeout"
    case .contentTooLarge: "Content Too Large"
    case .targetTooLong: "URI Too Long"
    case .misdirectedRequest: "Misdirected Request"
    case .headTooLarge: "Request Header Fields Too Large"
    case .serviceUnavailable: "Service Unavailable"
    case .versionNotSupported: "HTTP Version Not Supported"
    }
  }
}

/// An answer with everything that belongs to it.
struct HTTPResponse: Sendable {
  var status: HTTPStatus
  /// Fixed by who answers, never taken from what is answered.
  var type: ContentType
  var body: [UInt8]
  /// Further fields of the head, of this program's own making.
  var fields: [(name: String, value: String)] = []

  enum ContentType: String, Sendable {
    case html = "text/html; charset=utf-8"
    case css = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
    case text = "text/plain; charset=utf-8"
    case json = "application/json"
    case events = "text/event-stream"
    case png = "image/png"
    case jpeg = "image/jpeg"
  }

  init(_ status: HTTPStatus = .ok, _ type: ContentType, _ body: [UInt8]) {
    (self.status, self.type, self.body) = (status, type, body)
  }

  /// A refusal or another short answer, in a sentence.
  init(_ status: HTTPStatus, _ sentence: String) {
    self.init(status, .text, Array("\(status.rawValue) \(status.reason): \(sentence)\n".utf8))
    if status == .methodNotAllowed { fields.append(("Allow", "GET, HEAD")) }
  }

  /// What every answer forbids the browser: to run or load anything from elsewhere, to guess types, to
  /// show the page inside of another, to keep it, and to tell others where it was.
  static let protection = """
    Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
    form-action 'none'\r
    X-Content-Type-Options: nosniff\r
    Referrer-Policy: no-referrer\r
    Cross-Origin-Resource-Policy: same-origin\r
    Cross-Origin-Opener-Policy: same-origin\r
    Cache-Control: no-store\r

    """

  /// The head, up to and with the empty line.
  var head: [UInt8] {
    var lines = "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n"
    lines += "Content-Type: \(type.rawValue)\r\n"
    // The end of a stream of events is the end of the connection.
    if type != .events { lines += "Content-Length: \(body.count)\r\n" }
    lines += "Connection: close\r\n" + Self.protection
    for field in fields { lines += "\(field.name): \(field.value)\r\n" }
    return Array((lines + "\r\n").utf8)
  }
}
