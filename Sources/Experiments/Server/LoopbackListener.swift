internal import CProcess
import Foundation

/// A socket that takes connections from this machine and no other.
final class LoopbackListener: Sendable {
  let port: UInt16
  private let descriptor: Int32
  /// What ends the wait for a connection.
  private let wake: (read: Int32, write: Int32)

  /// - Parameter port: 0 for any that is free.
  /// - Throws: ``ListenError`` where the system refuses.
  init(port: UInt16) throws(ListenError) {
    let descriptor = socket(
      AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw ListenError(port, errno) }
    var one: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    let code = Self.withAddress(&address) { bind(descriptor, $0, $1) }
    guard code == 0, listen(descriptor, 64) == 0 else {
      let reason = errno
      close(descriptor)
      throw ListenError(port, reason)
    }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = Self.withAddress(&address) { pointer, _ in getsockname(descriptor, pointer, &length) }
    guard let wake = unsharedPipe() else {
      let reason = errno
      close(descriptor)
      throw ListenError(port, reason)
    }
    self.port = UInt16(bigEndian: address.sin_port)
    (self.descriptor, self.wake) = (descriptor, wake)
  }

  deinit {
    close(descriptor)
    close(wake.read)
    close(wake.write)
  }

  /// Calls `taken` with the socket of each connection until ``stop()``.
  func accept(_ taken: (Int32) -> Void) {
    var waiting = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let count = poll(&waiting, nfds_t(waiting.count), -1)
      if count < 0, errno == EINTR { continue }
      if count < 0 || waiting[1].revents != 0 { return }
      let client = process_accept(descriptor)
      guard client >= 0 else {
        // Out of descriptors, most likely: they come back when others are closed.
        if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM {
          usleep(50_000)
        }
        continue
      }
      taken(client)
    }
  }

  func stop() {
    var byte: UInt8 = 0
    write(wake.write, &byte, 1)
  }

  private static func withAddress(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
  }
}

/// The system's refusal to let a server begin.
struct ListenError: Error, CustomStringConvertible {
  let description: String

  init(_ port: UInt16, _ code: Int32) {
    let reason = String(cString: strerror(code))
    let remedy =
      switch code {
      case EADDRINUSE: "another program uses the port; choose another, or none for a free one"
      case EACCES: "choose a port from 1024 on, or none for a free one"
      default: "try again without --port"
      }
    description = "cannot listen at 127.0.0.1:\(port): \(reason): \(remedy)"
  }
}
