internal import Foundation

/// A connection to a server that ends with its owner.
final class Connection {
  private let descriptor: Int32

  /// - Parameter patience: seconds without a byte.
  init(_ address: HTTPAddress, patience: Int) throws(HTTPClient.Interruption) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(address.host, "\(address.port)", &hints, &list)
    guard code == 0 else {
      throw HTTPClient.Interruption(reason: String(cString: gai_strerror(code)))
    }
    defer { freeaddrinfo(list) }
    var (found, problem): (Int32, Int32) = (-1, ECONNREFUSED)
    var next = list
    while found < 0, let entry = next?.pointee {
      found = Self.connected(entry, patience)
      if found < 0 { problem = errno }
      next = entry.ai_next
    }
    descriptor = found
    guard found >= 0 else {
      throw HTTPClient.Interruption(reason: String(cString: strerror(problem)))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func connected(_ entry: addrinfo, _ patience: Int) -> Int32 {
    let descriptor = socket(
      entry.ai_family, entry.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), entry.ai_protocol)
    guard descriptor >= 0 else { return -1 }
    var time = timeval(tv_sec: patience, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(
        descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
    guard connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 else {
      let problem = errno
      close(descriptor)
      errno = problem
      return -1
    }
    return descriptor
  }

  func write(_ bytes: Data) throws(HTTPClient.Interruption) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        send(
          descriptor, buffer.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.interruption() }
      sent += count
    }
  }

  /// Everything until the server closes the connection.
  func readAll(atMost limit: Int) throws(HTTPClient.Interruption) -> Data {
    var (bytes, buffer) = (Data(), [UInt8](repeating: 0, count: 1 << 16))
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.interruption() }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= limit else {
        throw HTTPClient.Interruption(reason: "its answer has more than \(limit) bytes")
      }
    }
  }

  private static func interruption() -> HTTPClient.Interruption {
    let reason =
      errno == EAGAIN || errno == EWOULDBLOCK
      ? "it does not answer" : String(cString: strerror(errno))
    return HTTPClient.Interruption(reason: reason)
  }
}
