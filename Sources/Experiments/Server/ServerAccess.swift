/// Who may look at the dashboard.
///
/// Three kinds of visitors must not: a page of another site in the same browser, a site whose name was
/// made to mean this machine, and another user of this machine. The first is told by `Origin` and
/// `Sec-Fetch-Site`, the second by `Host`, the third by a secret.
struct ServerAccess: Sendable {
  let port: UInt16
  /// Stands in the address that the terminal shows, once.
  let token: AccessToken
  /// What the token is exchanged for. It is another secret, since a browser sends cookies to every port
  /// of a host.
  let cookie: AccessToken
  /// Stands in the arguments of the program that opens a browser, where other users can read it: it is
  /// good for the first who comes with it.
  private let opening = SingleUseToken()

  init(port: UInt16, token: AccessToken = .random(), cookie: AccessToken = .random()) {
    (self.port, self.token, self.cookie) = (port, token, cookie)
  }

  /// Where a person begins.
  var address: String { address(token.text) }

  /// The same for one visit.
  var openingAddress: String { address(opening.text) }

  private func address(_ secret: String) -> String {
    "http://127.0.0.1:\(port)/?\(Self.parameter)=\(secret)"
  }

  private static let parameter = "t"
  private var cookieName: String { "experiments-\(port)" }
  private var hosts: [String] { ["127.0.0.1:\(port)", "localhost:\(port)"] }

  enum Decision {
    case allowed
    /// The request is not let through; this is its answer.
    case answered(HTTPResponse)
  }

  func decision(on request: HTTPRequest) -> Decision {
    guard hosts.contains(request.host) else {
      return .answered(
        HTTPResponse(.misdirectedRequest, "this server answers to 127.0.0.1:\(port) alone"))
    }
    if let origin = request.fields["origin"], origin != "http://\(request.host)" {
      return .answered(HTTPResponse(.forbidden, "another site asks"))
    }
    if let site = request.fields["sec-fetch-site"], site != "same-origin", site != "none" {
      return .answered(HTTPResponse(.forbidden, "another site asks"))
    }
    if let attempt = request.query[Self.parameter] {
      guard token.matches(attempt) || opening.isSpent(by: attempt) else {
        return .answered(Self.unknown)
      }
      // The secret leaves the address bar, the history and whatever is copied from them.
      var answer = HTTPResponse(.seeOther, "go on at \(request.path)")
      answer.fields = [
        ("Location", request.path),
        ("Set-Cookie", "\(cookieName)=\(cookie.text); HttpOnly; SameSite=Strict; Path=/"),
      ]
      return .answered(answer)
    }
    return cookie.matches(request.cookie(cookieName)) ? .allowed : .answered(Self.unknown)
  }

  private static let unknown = HTTPResponse(
    .forbidden, "open the address that `experiments serve` shows in its terminal")
}
