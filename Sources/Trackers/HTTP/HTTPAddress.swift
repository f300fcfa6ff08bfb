/// The address of a server, `http://host:port/path`.
package struct HTTPAddress: Sendable, Hashable, CustomStringConvertible {
  package let host: String
  package let port: UInt16
  /// What stands before the path of every request, without a slash at its end.
  package let path: String

  /// - Throws: for anything else than an address of plain HTTP.
  package init(_ text: String) throws(TrackerError) {
    func refused(_ reason: String) -> TrackerError {
      TrackerError(
        text, reason, remedy: "name a server as in http://127.0.0.1:5000, or write a folder with -o"
      )
    }
    let scheme = "http://"
    guard text.lowercased().hasPrefix(scheme) else {
      throw refused(
        text.lowercased().hasPrefix("https://")
          ? "this program speaks plain HTTP, for servers on this machine or behind a tunnel (ssh -L)"
          : "it is no address of HTTP")
    }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    var path = String(rest.dropFirst(authority.count))
    while path.hasSuffix("/") { path.removeLast() }
    guard !authority.contains("@") else {
      throw refused(
        "it holds a password: set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD instead")
    }
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard isPlain, !path.contains("?"), !path.contains("#") else {
      throw refused("it is no address of HTTP")
    }
    var (name, digits) = (authority, Substring("80"))
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      name = authority[authority.index(after: authority.startIndex)..<end]
      let behind = authority[authority.index(after: end)...]
      if behind.hasPrefix(":") { digits = behind.dropFirst() }
    } else if let colon = authority.firstIndex(of: ":") {
      (name, digits) = (authority[..<colon], authority[authority.index(after: colon)...])
    }
    guard !name.isEmpty, let port = UInt16(digits), port > 0 else {
      throw refused("it has no host, or no port from 1 to 65535")
    }
    (host, self.port, self.path) = (String(name), port, path)
  }

  /// As the header `Host` has it.
  package var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

  package var description: String { "http://\(authority)\(path)" }
}
