import Foundation
import Testing

@testable import Trackers

@Suite struct HTTPTests {
  @Test("an address has a host, a port and a path")
  func addresses() throws {
    let plain = try HTTPAddress("http://127.0.0.1:5000/")
    #expect(plain.host == "127.0.0.1" && plain.port == 5000 && plain.path == "")
    #expect(try HTTPAddress("HTTP://localhost/mlflow").description == "http://localhost:80/mlflow")
    #expect(try HTTPAddress("http://[::1]:8080").authority == "[::1]:8080")
  }

  @Test(
    "what is no plain address is refused with a remedy",
    arguments: [
      "https://a", "ftp://a", "http://", "http://a:0", "http://a:99999", "http://a:x",
      "http://u:p@a",
      "http://a/?q", "http://a/#f", "http://a b", "http://a\r\nX: y", "127.0.0.1:5000",
    ])
  func refusedAddresses(text: String) {
    let error = #expect(throws: TrackerError.self) { _ = try HTTPAddress(text) }
    #expect(error?.remedy.isEmpty == false)
  }

  private func answer(_ text: String) throws -> HTTPClient.Response {
    try HTTPAnswer(Data(text.utf8)).response
  }

  @Test("an answer is read by its length, by chunks, or to the end")
  func answers() throws {
    #expect(
      try answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc")
        == .init(status: 200, body: Data("ab".utf8)))
    #expect(try answer("HTTP/1.0 404 No\r\n\r\nabc") == .init(status: 404, body: Data("abc".utf8)))
    let chunked =
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n"
    #expect(try answer(chunked).body == Data("abc".utf8))
  }

  @Test(
    "an answer that was cut, or that says what cannot be, is none",
    arguments: [
      "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 9 OK\r\n\r\n", "SSH-2.0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
      "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nab\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    ])
  func brokenAnswers(text: String) {
    #expect(throws: HTTPClient.Interruption.self) { _ = try self.answer(text) }
  }

  @Test("texts become parts of an address")
  func encoding() {
    #expect(HTTPClient.encoded("a b/ü&=?") == "a%20b%2F%C3%BC%26%3D%3F")
    #expect(HTTPClient.encoded("a/b.png", keeping: "/") == "a/b.png")
  }

  @Test("a server that is not there is tried again, and then told with a remedy")
  func absent() throws {
    let waits = Waits()
    let server = MLflowServer(try HTTPAddress("http://127.0.0.1:1"), environment: [:]) {
      waits.add($0)
    }
    let error = #expect(throws: TrackerError.self) { _ = try server.runs(ofExperiment: nil) }
    #expect(error?.remedy.contains("mlflow server --port 1") == true)
    #expect(waits.all == [0.5, 1, 2])
  }

  private final class Waits: @unchecked Sendable {
    private(set) var all: [Double] = []
    func add(_ seconds: Double) { all.append(seconds) }
  }
}
