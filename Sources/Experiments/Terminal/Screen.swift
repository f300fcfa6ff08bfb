internal import Datasets
import Foundation
internal import Tracking

/// Standard error as a place for progress: permanent lines, and below them, on a terminal, a few
/// live lines that are drawn again in place.
final class Screen {
  let isTerminal: Bool
  let style: Style
  private let columns: () -> Int
  private let write: (String) -> Void
  private var drawn = 0

  /// - Parameters:
  ///   - columns: asked at every drawing, so that a resized window is respected.
  ///   - write: where the text goes; tests pass their own.
  init(
    isTerminal: Bool, style: Style, columns: @escaping () -> Int,
    write: @escaping (String) -> Void
  ) {
    (self.isTerminal, self.style) = (isTerminal, style)
    (self.columns, self.write) = (columns, write)
  }

  static func standardError() -> Screen {
    Screen(
      isTerminal: isatty(STDERR_FILENO) == 1, style: .errors,
      columns: { columns(of: STDERR_FILENO) },
      write: { StandardStreams.say($0) })
  }

  /// A line that stays.
  func print(_ line: String) {
    write(erase() + line + "\n")
  }

  /// Replaces the live lines; nothing where there is no terminal.
  func draw(_ lines: [String]) {
    guard isTerminal else { return }
    let width = columns()
    let text = lines.map { fit($0, width - 1) + "\n" }.joined()
    write(erase() + text)
    drawn = lines.count
  }

  /// Takes the live lines away.
  func clear() {
    if drawn > 0 { write(erase()) }
  }

  private func erase() -> String {
    defer { drawn = 0 }
    return drawn > 0 ? "\u{1B}[\(drawn)A\u{1B}[0J" : ""
  }

  /// Live lines carry no style, so that cutting them cannot cut an escape sequence.
  private func fit(_ line: String, _ width: Int) -> String {
    line.count <= width ? line : line.prefix(max(0, width - 1)) + "…"
  }

  /// Characters that fit into a line of the terminal; 80 where it does not say.
  static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Characters that a line of standard output may have: the terminal's; elsewhere what `COLUMNS`
  /// says, or else any number.
  static var outputWidth: Int? {
    if isatty(STDOUT_FILENO) == 1 { return columns(of: STDOUT_FILENO) }
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return columns.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Characters that a live line may have.
  var liveWidth: Int { max(1, columns() - 1) }
}
