import Foundation
import Testing

@testable import Experiments

@Suite("The server on a real socket")
struct LoopbackServerTests {
  @Test("a request with the cookie gets what is there, with everything that protects it")
  func served() throws {
    let running = try RunningServer()
    defer { running.stop() }
    let answer = running.get("/")
    #expect(answer.status == 200)
    #expect(answer.body == "the page")
    for field in [
      "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
        + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'none'",
      "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
      "Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store",
    ] {
      #expect(answer.head.contains(field))
    }
    #expect(!answer.head.lowercased().contains("access-control-"))
    #expect(running.get("/nothing").status == 404)
  }

  @Test("HEAD is answered without a body")
  func head() throws {
    let running = try RunningServer()
    defer { running.stop() }
    let answer = running.ask(
      "HEAD / HTTP/1.1\r\nHost: \(running.host)\r\n\(running.cookie)\r\n\r\n")
    #expect(answer.status == 200)
    #expect(answer.head.contains("Content-Length: 8"))
    #expect(answer.body.isEmpty)
  }

  @Test("whatever a browser must not ask is refused")
  func refusals() throws {
    let running = try RunningServer()
    defer { running.stop() }
    let (host, cookie) = ("Host: \(running.host)\r\n", running.cookie + "\r\n")
    let refused: [(Int, String)] = [
      (421, "GET / HTTP/1.1\r\nHost: example.org\r\n\(cookie)\r\n"),
      (403, "GET / HTTP/1.1\r\n\(host)\(cookie)Origin: http://example.org\r\n\r\n"),
      (403, "GET / HTTP/1.1\r\n\(host)\(cookie)Sec-Fetch-Site: cross-site\r\n\r\n"),
      (403, "GET / HTTP/1.1\r\n\(host)\r\n"),
      (403, "GET /?t=0 HTTP/1.1\r\n\(host)\r\n"),
      (403, "GET /events HTTP/1.1\r\n\(host)\r\n"),
      (405, "POST / HTTP/1.1\r\n\(host)\(cookie)\r\n"),
      (413, "GET / HTTP/1.1\r\n\(host)\(cookie)Content-Length: 5\r\n\r\n"),
      (400, "GET / HTTP/1.1\r\n\(host)\(host)\(cookie)\r\n"),
      (400, "GET /../../etc/passwd HTTP/1.1\r\n\(host)\(cookie)\r\n"),
      (400, "GET / HTTP/1.1\r\n\(host)\(cookie)A: \u{1}\r\n\r\n"),
      (414, "GET /\(String(repeating: "a", count: 70_000))"),
      (431, "GET / HTTP/1.1\r\nA: \(String(repeating: "a", count: 256_000))"),
      (505, "GET / HTTP/2.0\r\n\(host)\(cookie)\r\n"),
    ]
    for (status, request) in refused {
      #expect(running.ask(request).status == status, "\(request.prefix(60))")
    }
    #expect(running.get("/").status == 200)
  }

  @Test("the address of the terminal leads to the page, and the cookie it gives is enough")
  func beginning() throws {
    let running = try RunningServer()
    defer { running.stop() }
    let target = running.server.access.address.dropFirst("http://\(running.host)".count)
    let answer = running.ask("GET \(target) HTTP/1.1\r\nHost: \(running.host)\r\n\r\n")
    #expect(answer.status == 303)
    #expect(answer.head.contains("Location: /\r\n"))
    #expect(answer.head.contains("Set-\(running.cookie);"))
  }

  @Test("a client that is too slow loses its connection")
  func slow() throws {
    let running = try RunningServer(patience: .init(read: 0.2, head: 0.4))
    defer { running.stop() }
    #expect(running.ask("GET / HTTP/1.1\r\nHost:").status == 408)
    #expect(running.ask("").head.isEmpty)
    // One that sends a byte now and then does not get farther than the time for a head.
    let client = try #require(running.connect())
    defer { close(client) }
    var isOpen = true
    for byte in Array("GET / HTTP/1.1\r\nHost: a".utf8) where isOpen {
      isOpen = [byte].withUnsafeBytes {
        send(client, $0.baseAddress, 1, Int32(MSG_NOSIGNAL)) == 1
      }
      usleep(60_000)
    }
    #expect(RunningServer.answer(client).status == 408 || !isOpen)
  }

  @Test("connections beyond the limit are refused, and let in again when others are gone")
  func crowd() throws {
    let running = try RunningServer()
    defer { running.stop() }
    let silent = (0..<64).compactMap { _ in running.connect() }
    #expect(silent.count == 64)
    // The connections are taken in their order, so that this one finds the others there.
    #expect(running.get("/").status == 503)
    for client in silent { close(client) }
    var status = 503
    for _ in 0..<100 where status == 503 {
      usleep(20_000)
      status = running.get("/").status
    }
    #expect(status == 200)
  }

  @Test("a stream has the events since the last one that a page heard")
  func events() throws {
    let running = try RunningServer()
    for number in 1...5 { running.log.post(.epoch, #"{"epoch": \#(number)}"#) }
    let client = try #require(running.connect())
    defer { close(client) }
    RunningServer.say(
      "GET /events HTTP/1.1\r\nHost: \(running.host)\r\n\(running.cookie)\r\nLast-Event-ID: 3\r\n\r\n",
      to: client)
    running.log.post(.status, "{}")
    var text = ""
    var part = [UInt8](repeating: 0, count: 4096)
    while !text.contains("id: 6") {
      let count = recv(client, &part, part.count, 0)
      guard count > 0 else { break }
      text += String(decoding: part[..<count], as: UTF8.self)
    }
    #expect(text.contains("Content-Type: text/event-stream"))
    #expect(
      text.hasSuffix(
        "retry: 2000\n\n" + "id: 4\nevent: epoch\ndata: {\"epoch\": 4}\n\n"
          + "id: 5\nevent: epoch\ndata: {\"epoch\": 5}\n\n" + "id: 6\nevent: status\ndata: {}\n\n"))
    running.stop()
    #expect(recv(client, &part, part.count, 0) == 0, "the stream ends with the server")
  }

  @Test("a port that is taken is named, with what to do")
  func takenPort() throws {
    let running = try RunningServer()
    defer { running.stop() }
    let error = #expect(throws: ListenError.self) {
      _ = try LoopbackListener(port: running.server.access.port)
    }
    #expect(error?.description.contains("another program uses the port") == true)
  }
}

/// A server with one page, and clients that say what they are told to.
private final class RunningServer: Sendable {
  let server: LoopbackServer
  let log = EventLog()
  private let ended = DispatchSemaphore(value: 0)

  init(patience: ClientConnection.Patience = .init()) throws {
    server = try LoopbackServer(port: 0, log: log, patience: patience) { request in
      request.path == "/" ? HTTPResponse(.ok, .html, Array("the page".utf8)) : nil
    }
    Thread.detachNewThread { [server, ended] in
      server.run()
      ended.signal()
    }
  }

  var host: String { "127.0.0.1:\(server.access.port)" }
  var cookie: String {
    "Cookie: experiments-\(server.access.port)=\(server.access.cookie.text)"
  }

  func stop() {
    server.stop()
    ended.wait()
  }

  struct Answer {
    var head = ""
    var body = ""
    var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }
  }

  func get(_ path: String) -> Answer {
    ask("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(cookie)\r\n\r\n")
  }

  func ask(_ request: String) -> Answer {
    guard let client = connect() else { return Answer() }
    defer { close(client) }
    Self.say(request, to: client)
    return Self.answer(client)
  }

  func connect() -> Int32? {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = server.access.port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return code == 0 ? client : nil
  }

  static func say(_ text: String, to client: Int32) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes {
      send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
  }

  /// All that the server says until it closes the connection.
  static func answer(_ client: Int32) -> Answer {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(client, &part, part.count, 0)
      guard count > 0 else { break }
      bytes += part[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return Answer(head: text) }
    return Answer(head: String(text[..<end.upperBound]), body: String(text[end.upperBound...]))
  }
}
