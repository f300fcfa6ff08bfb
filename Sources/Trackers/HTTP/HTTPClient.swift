package import Foundation

/// Asks a server over plain HTTP/1.1, a connection for each request.
///
/// It is for servers on this machine or behind a tunnel. Foundation's client would bring libcurl and all that
/// hangs on it into a program that is linked statically, for a dozen calls.
package struct HTTPClient: Sendable {
  package let address: HTTPAddress
  /// Sent with every request, such as `Authorization`.
  var headers: [String: String]
  /// Seconds without a byte before a request is given up.
  var patience = 60

  package struct Response: Sendable, Equatable {
    package var status: Int
    package var body: Data
  }

  package init(_ address: HTTPAddress, headers: [String: String] = [:]) {
    (self.address, self.headers) = (address, headers)
  }

  /// Why no answer came; the same request may be sent again.
  struct Interruption: Error {
    let reason: String
  }

  /// - Parameter path: below that of the address, percent-encoded, with its query.
  func send(
    _ method: String, _ path: String, body: Data? = nil, type: String = "application/json"
  ) throws(Interruption) -> Response {
    let connection = try Connection(address, patience: patience)
    var lines = [
      "\(method) \(address.path)\(path) HTTP/1.1", "Host: \(address.authority)",
      "Connection: close", "Accept: application/json",
    ]
    lines += headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    if let body { lines += ["Content-Type: \(type)", "Content-Length: \(body.count)"] }
    let head = Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    try connection.write(head + (body ?? Data()))
    return try HTTPAnswer(connection.readAll(atMost: Self.longestAnswer)).response
  }

  private static let longestAnswer = 1 << 28

  /// Letters, digits and `-._~`; everything else as its bytes.
  package static func encoded(_ text: String, keeping kept: String = "") -> String {
    text.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      let isPlain =
        byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
      if isPlain || (byte < 0x80 && kept.contains(character)) { return String(character) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}

/// The parts of an answer, whole.
struct HTTPAnswer {
  let response: HTTPClient.Response

  init(_ bytes: Data) throws(HTTPClient.Interruption) {
    let broken = HTTPClient.Interruption(reason: "its answer is no HTTP, or was cut")
    guard let end = bytes.range(of: Data("\r\n\r\n".utf8)) else { throw broken }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(
      separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]),
      (100...599).contains(status)
    else { throw broken }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
    let rest = Data(bytes[end.upperBound...])
    if headers["transfer-encoding"]?.lowercased() == "chunked" {
      guard let body = Self.joined(rest) else { throw broken }
      response = HTTPClient.Response(status: status, body: body)
    } else {
      let count = headers["content-length"].flatMap { Int($0) } ?? rest.count
      guard count >= 0, rest.count >= count else { throw broken }
      response = HTTPClient.Response(status: status, body: rest.prefix(count))
    }
  }

  /// The chunks behind each other; `nil` where they do not end as chunks do.
  private static func joined(_ bytes: Data) -> Data? {
    var (rest, joined) = (bytes[...], Data())
    while let end = rest.range(of: Data("\r\n".utf8)) {
      let words = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: ";")
      guard let count = words.first.flatMap({ Int($0, radix: 16) }), count >= 0 else { return nil }
      rest = rest[end.upperBound...]
      if count == 0 { return joined }
      guard rest.count >= count, rest.count - count >= 2 else { return nil }
      joined += rest.prefix(count)
      rest = rest.dropFirst(count + 2)
    }
    return nil
  }
}
