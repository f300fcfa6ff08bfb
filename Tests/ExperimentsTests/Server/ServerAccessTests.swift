import Testing

@testable import Experiments

@Suite("Who may look at the dashboard")
struct ServerAccessTests {
  private let access = ServerAccess(
    port: 4000, token: AccessToken("00ff00ff00ff00ff00ff00ff00ff00ff"),
    cookie: AccessToken("11ee11ee11ee11ee11ee11ee11ee11ee"))

  private func status(
    _ fields: [String: String] = [:], query: [String: String] = [:]
  ) -> HTTPStatus? {
    var all = [
      "host": "127.0.0.1:4000", "cookie": "experiments-4000=\(access.cookie.text)",
    ]
    all.merge(fields) { $1 }
    let request = HTTPRequest(method: .get, path: "/", query: query, fields: all)
    guard case .answered(let answer) = access.decision(on: request) else { return nil }
    return answer.status
  }

  @Test("who has the cookie may look")
  func cookie() {
    #expect(status() == nil)
    #expect(status(["host": "localhost:4000"]) == nil)
    #expect(status(["cookie": "other=1; experiments-4000=\(access.cookie.text)"]) == nil)
  }

  @Test("a name that was made to mean this machine is refused")
  func rebinding() {
    for host in ["example.org:4000", "127.0.0.1", "127.0.0.1:4001", "LOCALHOST:4000", "[::1]:4000"]
    {
      #expect(status(["host": host]) == .misdirectedRequest)
    }
  }

  @Test("other sites are refused, even with the cookie")
  func otherSites() {
    for origin in ["http://example.org", "null", "https://127.0.0.1:4000", "http://localhost:4000"]
    {
      #expect(status(["origin": origin]) == .forbidden)
    }
    #expect(status(["origin": "http://127.0.0.1:4000"]) == nil)
    for site in ["cross-site", "same-site", ""] {
      #expect(status(["sec-fetch-site": site]) == .forbidden)
    }
    for site in ["same-origin", "none"] { #expect(status(["sec-fetch-site": site]) == nil) }
  }

  @Test("without the secret nobody may look, and the token is no cookie")
  func secrets() {
    for cookie in ["", "experiments-4000=", "experiments-4000=\(access.token.text)"] {
      #expect(status(["cookie": cookie]) == .forbidden)
    }
    #expect(status(query: ["t": access.token.text]) == .seeOther)
    #expect(status(query: ["t": "1" + access.token.text.dropFirst()]) == .forbidden)
    #expect(status(query: ["t": access.cookie.text]) == .forbidden)
    #expect(status(query: ["t": ""]) == .forbidden)
  }

  @Test("the token is exchanged for a cookie that scripts and other sites do not get")
  func exchange() {
    let request = HTTPRequest(
      method: .get, path: "/", query: ["t": access.token.text], fields: ["host": "127.0.0.1:4000"])
    guard case .answered(let answer) = access.decision(on: request) else {
      Issue.record("the token was taken for a cookie")
      return
    }
    #expect(answer.status == .seeOther)
    let head = String(decoding: answer.head, as: UTF8.self)
    #expect(head.contains("Location: /\r\n"))
    #expect(
      head.contains(
        "Set-Cookie: experiments-4000=\(access.cookie.text); HttpOnly; SameSite=Strict; Path=/\r\n")
    )
    #expect(!head.contains(access.token.text))
  }

  @Test("secrets are 128 bits, and no two are equal")
  func randomness() {
    let tokens = (0..<100).map { _ in AccessToken.random().text }
    #expect(Set(tokens).count == 100)
    #expect(tokens.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }
}
