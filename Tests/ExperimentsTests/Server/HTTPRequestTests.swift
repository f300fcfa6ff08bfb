import Testing

@testable import Experiments

@Suite("Requests")
struct HTTPRequestTests {
  private func parse(_ text: String) -> HTTPParsing { HTTPRequest.parse(Array(text.utf8)) }

  private func request(_ text: String) throws -> HTTPRequest {
    guard case .request(let request) = parse(text) else {
      throw Unexpected(description: "\(parse(text)) of \(text.debugDescription)")
    }
    return request
  }

  private struct Unexpected: Error, CustomStringConvertible { let description: String }

  @Test("a head has a method, a path, a query and fields")
  func whole() throws {
    let request = try request(
      "GET /image/a1.png?t=abc&x HTTP/1.1\r\nHost: 127.0.0.1:80\r\nAccept:  */* \r\n\r\n")
    #expect(request.method == .get)
    #expect(request.path == "/image/a1.png")
    #expect(request.query == ["t": "abc", "x": ""])
    #expect(request.host == "127.0.0.1:80")
    #expect(request.fields["accept"] == "*/*")
  }

  @Test("no beginning of a request is a request, and none is refused")
  func beginnings() {
    let bytes = Array("HEAD / HTTP/1.1\r\nHost: a\r\nCookie: a=1; b=2\r\n\r\n".utf8)
    for count in bytes.indices {
      #expect(HTTPRequest.parse(bytes[..<count]) == .incomplete)
    }
    #expect(HTTPRequest.parse(bytes) != .incomplete)
  }

  @Test("a cookie is found by its whole name")
  func cookies() throws {
    let request = try request("GET / HTTP/1.1\r\nHost: a\r\nCookie: xa=0; a=1;b=2=3\r\n\r\n")
    #expect(request.cookie("a") == "1")
    #expect(request.cookie("b") == "2=3")
    #expect(request.cookie("c") == nil)
  }

  @Test(
    "what two readers may understand differently is refused",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nAccept: a\r\naccept: b\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n",
      "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\nmore",
      "GET / HTTP/1.1\r\nHost: \u{7F}\r\n\r\n", "GET / HTTP/1.1\r\nHost: é\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\u{0}\r\n\r\n", "GET / HTTP/1.1\r\nHost:\ta\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\r\nHost: a\r\n\r\n", "\r\n\r\n",
      "GET / FTP/1.1\r\nHost: a\r\n\r\n", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\n: a\r\nHost: a\r\n\r\n",
    ])
  func ambiguous(text: String) {
    #expect(parse(text) == .refused(.badRequest))
  }

  @Test(
    "a target is a place on this server, without a way upward or anything encoded",
    arguments: [
      "http://127.0.0.1/", "*", "index.html", "/../etc/passwd", "/a/..", "//other.example/",
      "/%2e%2e/", "/a%00", "/a\\b", "/?t=%41", "/?<script>", "/a?b?c", "/a#b",
    ])
  func targets(target: String) {
    #expect(parse("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n") == .refused(.badRequest))
  }

  @Test(
    "only reading is understood", arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"])
  func methods(method: String) {
    #expect(parse("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n") == .refused(.methodNotAllowed))
  }

  @Test(
    "a body is refused", arguments: ["Content-Length: 1", "Transfer-Encoding: chunked"])
  func bodies(field: String) {
    #expect(
      parse("GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n") == .refused(.contentTooLarge))
    #expect(parse("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") != .incomplete)
  }

  @Test("a head that is too large is refused before it ends")
  func large() {
    let long = String(repeating: "a", count: HTTPRequest.Limit.target + 20)
    #expect(parse("GET /\(long)") == .refused(.targetTooLong))
    let field = "a: " + String(repeating: "b", count: HTTPRequest.Limit.head)
    #expect(parse("GET / HTTP/1.1\r\n\(field)") == .refused(.headTooLarge))
    let fields = (0...HTTPRequest.Limit.fields).map { "a\($0): b\r\n" }.joined()
    #expect(parse("GET / HTTP/1.1\r\n\(fields)Host: a\r\n") == .refused(.headTooLarge))
    #expect(parse("GET / HTTP/2\r\nHost: a\r\n\r\n") == .refused(.versionNotSupported))
  }
}
