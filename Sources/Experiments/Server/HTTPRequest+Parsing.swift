extension HTTPRequest {
  /// No head of a browser comes near these.
  enum Limit {
    static let head = 16 << 10
    static let target = 2048
    static let fields = 64
  }

  /// Reads a request from all bytes that a client has sent: a function of them alone.
  ///
  /// It is stricter than HTTP where HTTP lets two readers understand different things: a head has no
  /// byte that cannot be printed, no field twice, no continued lines and no body, and nothing follows
  /// it.
  static func parse(_ bytes: some RandomAccessCollection<UInt8>) -> HTTPParsing {
    let bytes = Array(bytes.prefix(Limit.head + 1))
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x20...0x7E, carriageReturn:
        // A carriage return ends a line and does nothing else.
        if index > 0, bytes[index - 1] == carriageReturn { return .refused(.badRequest) }
      case lineFeed:
        guard index > 0, bytes[index - 1] == carriageReturn else { return .refused(.badRequest) }
        if start == index - 1 {
          guard index + 1 == bytes.count else { return .refused(.badRequest) }
          return head(lines.map { String(decoding: bytes[$0], as: UTF8.self) })
        }
        lines.append(start..<(index - 1))
        start = index + 1
      default: return .refused(.badRequest)
      }
      // Without its fields the line says already that it is too long.
      if lines.isEmpty, index > Limit.target + 20 { return .refused(.targetTooLong) }
      if lines.count > Limit.fields + 1 { return .refused(.headTooLarge) }
    }
    return bytes.count > Limit.head ? .refused(.headTooLarge) : .incomplete
  }

  private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  /// - Parameter lines: without their ends; printable ASCII.
  private static func head(_ lines: [String]) -> HTTPParsing {
    guard let first = lines.first else { return .refused(.badRequest) }
    let words = first.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, isToken(words[0]) else { return .refused(.badRequest) }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      return .refused(words[2].hasPrefix("HTTP/") ? .versionNotSupported : .badRequest)
    }
    guard let method = Method(rawValue: String(words[0])) else {
      return .refused(.methodNotAllowed)
    }
    guard words[1].utf8.count <= Limit.target else { return .refused(.targetTooLong) }
    guard let target = target(words[1]) else { return .refused(.badRequest) }
    guard let fields = fields(lines.dropFirst()), fields["host"] != nil else {
      return .refused(.badRequest)
    }
    guard fields["transfer-encoding"] == nil, (fields["content-length"] ?? "0") == "0" else {
      return .refused(.contentTooLarge)
    }
    return .request(
      HTTPRequest(method: method, path: target.path, query: target.query, fields: fields))
  }

  /// The name and value of each line; `nil` where a line has none, or a name comes twice.
  private static func fields(_ lines: ArraySlice<String>) -> [String: String]? {
    var fields: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), isToken(line[..<colon]) else { return nil }
      let name = line[..<colon].lowercased()
      guard fields[name] == nil else { return nil }
      var value = line[line.index(after: colon)...].drop { $0 == " " }
      while value.last == " " { value.removeLast() }
      fields[name] = String(value)
    }
    return fields
  }

  /// A place on this server and nothing else: no scheme, nothing that is encoded, no way upward.
  private static func target(_ text: Substring) -> (path: String, query: [String: String])? {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0]
    guard path.hasPrefix("/"), !path.contains("//"), !path.contains(".."),
      path.utf8.allSatisfy({ isLetterOrDigit($0) || "._-/".utf8.contains($0) })
    else { return nil }
    var query: [String: String] = [:]
    for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
      guard pair.utf8.allSatisfy({ isLetterOrDigit($0) || "._-=".utf8.contains($0) }) else {
        return nil
      }
      let ends = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(ends[0])
      if query[name] == nil { query[name] = ends.count > 1 ? String(ends[1]) : "" }
    }
    return (String(path), query)
  }

  /// Tells whether a word may name a method or a field (RFC 9110, 5.6.2).
  private static func isToken(_ word: Substring) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
