import CProcess
import Foundation

/// The three streams that every process begins with, any of which may be closed, full, or a pipe that
/// nobody reads.
enum StandardStreams {
  /// Gives streams that are closed the number that is theirs, so that no file of a record gets it and
  /// with it what is said on standard error.
  static func open() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free, which is this one.
      _ = Foundation.open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)
    }
  }

  /// Writes to standard error. What cannot be written is lost: nothing ends for want of a listener.
  static func say(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
        let count = write(STDERR_FILENO, start, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// All of standard input, as text.
  ///
  /// - Throws: ``Failure`` where there is more than that many bytes.
  static func input(atMost limit: Int) throws -> String {
    let bytes = try FileHandle.standardInput.read(upToCount: limit + 1) ?? Data()
    guard bytes.count <= limit else {
      throw Failure(.badInput, "error: standard input: there are more than \(limit) bytes")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes what is left of standard output.
  ///
  /// - Returns: why not all of it is there; `nil` where it is, and where its reader has gone, as
  ///   `head` does when it has enough.
  static func finishOutput() -> String? {
    let code = fflush(nil) == 0 ? 0 : errno
    guard code != 0 || process_output_has_failed() != 0 else { return nil }
    if code == EPIPE || isClosedPipe { return nil }
    return code == 0 ? "not all of it could be written" : String(cString: strerror(code))
  }

  private static var isClosedPipe: Bool {
    var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR) != 0
  }
}
