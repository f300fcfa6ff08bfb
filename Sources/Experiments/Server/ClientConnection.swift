import Foundation

/// A connection that a browser opened: what it sends is read and what it asks for is sent, both within
/// limits of time, and it is closed at the end of its life.
struct ClientConnection: ~Copyable {
  private let descriptor: Int32

  /// How long a client may keep the server waiting, in seconds.
  struct Patience: Sendable {
    /// Between two parts of a head.
    var read = 5.0
    /// From the first byte to the end of a head.
    var head = 10.0
    /// For one part of an answer to be taken.
    var write = 5.0
    /// For the whole of an answer.
    var answer = 60.0
  }

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    // What the client sent and nobody read would make the system drop what it has not received yet.
    shutdown(descriptor, Int32(SHUT_WR))
    var rest = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<8 where Self.isReady(descriptor, POLLIN, 0.05) {
      if recv(descriptor, &rest, rest.count, Int32(MSG_DONTWAIT)) <= 0 { break }
    }
    close(descriptor)
  }

  /// Reads a request.
  ///
  /// - Returns: never ``HTTPParsing/incomplete``; a client that is too slow is refused, and `nil` stands
  ///   for one that said nothing or went away.
  func request(_ patience: Patience) -> HTTPParsing? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    let end = Self.now + patience.head
    while true {
      let wait = min(patience.read, end - Self.now)
      guard wait > 0, Self.isReady(descriptor, POLLIN, wait) else {
        return bytes.isEmpty ? nil : .refused(.requestTimeout)
      }
      let count = recv(descriptor, &part, part.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return nil }
      bytes += part[..<count]
      let parsing = HTTPRequest.parse(bytes)
      if parsing != .incomplete { return parsing }
    }
  }

  /// - Returns: `false` where the client went away or was too slow.
  func send(_ bytes: [UInt8], _ patience: Patience) -> Bool {
    let end = Self.now + patience.answer
    var sent = 0
    while sent < bytes.count {
      let wait = min(patience.write, end - Self.now)
      guard wait > 0, Self.isReady(descriptor, POLLOUT, wait) else { return false }
      let count = bytes.withUnsafeBytes { bytes in
        Foundation.send(
          descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// True where the client has closed its end.
  var isGone: Bool {
    guard Self.isReady(descriptor, POLLIN, 0) else { return false }
    var byte: UInt8 = 0
    let flags = Int32(MSG_PEEK | MSG_DONTWAIT)
    let count = recv(descriptor, &byte, 1, flags)
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
  }

  /// Waits until the descriptor can be used, or has an end.
  private static func isReady(_ descriptor: Int32, _ events: Int32, _ seconds: Double) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    let end = now + seconds
    while true {
      let left = max(0, end - now)
      let count = poll(&waiting, 1, Int32((left * 1000).rounded(.up)))
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// Seconds on a clock that nobody sets.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
