import Foundation
import Synchronization
internal import Tracking

/// What an attempt says: the worker's own lines, each with the time, and between them whatever libraries
/// and the Swift runtime print.
///
/// The file is written directly and by nobody else, so that the last words of a process that dies are in it.
/// One that grows without bound is put aside once it is long: of everything that was said, the last part is
/// kept, of no more than twice that length.
final class AttemptLog: Sendable {
  private let path: String
  static let limit = 4 << 20
  /// The line above the stack trace of a process that crashed.
  static let traceHead = "stack trace:"

  /// Standard output and error of the process go to the file from now on.
  ///
  /// - Returns: `nil` where it cannot be opened; what is said then goes where it went.
  init?(path: String) {
    self.path = path
    guard redirect() else { return nil }
  }

  /// The log that was put aside for being long.
  static func earlier(_ path: String) -> String { path + ".1" }

  func say(_ text: String) { StandardStreams.say(Self.stamped(text)) }

  /// Adds to the log of an attempt that has ended. What cannot be written is lost.
  static func note(_ text: String, in path: String) {
    let log = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard log >= 0 else { return }
    defer { close(log) }
    let bytes = Array(stamped(text).utf8)
    _ = write(log, bytes, bytes.count)
  }

  private static func stamped(_ text: String) -> String {
    let time = Date().ISO8601Format()
    return text.split(separator: "\n").map { "\(time) \($0)\n" }.joined().printableLines
  }

  /// Begins a new file where this one has become long.
  func keepShort() {
    var status = stat()
    guard fstat(STDERR_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > Self.limit, rename(path, Self.earlier(path)) == 0
    else { return }
    _ = redirect()
  }

  private func redirect() -> Bool {
    let log = open(
      path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
    guard log >= 0 else { return false }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] { dup2(log, descriptor) }
    close(log)
    return true
  }

  /// Whether a line is one of the worker's own, which begins with a time.
  static func isStamped(_ line: Substring) -> Bool {
    let bytes = Array(line.utf8.prefix(21))
    return bytes.count == 21 && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: "Z")
      && bytes[20] == UInt8(ascii: " ") && bytes[0..<4].allSatisfy { (48...57).contains($0) }
  }
}
