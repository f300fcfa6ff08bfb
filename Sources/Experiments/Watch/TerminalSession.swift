import Foundation
internal import Tracking

/// The whole screen of a terminal, lent for as long as somebody watches, and given back as it was.
///
/// Signals only write a byte into a pipe; whoever waits for keys hears of them there.
final class TerminalSession {
  /// What happens to the one who waits.
  enum Event: Equatable {
    case key(TerminalKey)
    /// The window has another size, or the terminal was given back to this process.
    case redraw
    case end(Signal)
    /// The terminal is gone.
    case closed
    case timeout
  }

  enum Signal: Equatable {
    case interrupt
    /// SIGTERM or SIGHUP, by which the process ends when the terminal is as it was.
    case other(Int32)
  }

  private var before = termios()
  private var isEntered = false
  private var pending: [UInt8] = []
  private var lastFrame = ""

  /// `nil` where there is no terminal that can be drawn on.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, environment["TERM"] != "dumb",
      signalPipe.write >= 0
    else { return nil }
    let flags = fcntl(signalPipe.write, F_GETFL)
    _ = fcntl(signalPipe.write, F_SETFL, flags | O_NONBLOCK)
    for number in Self.watched { signal(number, forward) }
    enter()
  }

  deinit { leave() }

  private static let watched = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP]

  /// The other screen, without a cursor; keys come one by one and are not shown, Ctrl-C and Ctrl-Z work.
  private func enter() {
    guard !isEntered, tcgetattr(STDIN_FILENO, &before) == 0 else { return }
    var raw = before
    cfmakeraw(&raw)
    raw.c_oflag |= tcflag_t(OPOST)
    raw.c_lflag |= tcflag_t(ISIG)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    write("\u{1B}[?1049h\u{1B}[?25l")
    (isEntered, lastFrame) = (true, "")
  }

  /// Gives the terminal back as it was. Does nothing the second time.
  func leave() {
    guard isEntered else { return }
    isEntered = false
    write("\u{1B}[?2026l\u{1B}[?25h\u{1B}[?1049l\u{1B}[0m")
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before)
  }

  /// Columns and rows now.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Puts lines on the screen, in one piece where the terminal can; nothing where they are there already.
  func draw(_ lines: [String]) {
    let body = lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
    let frame = "\u{1B}[?2026h\u{1B}[H" + body + "\u{1B}[J\u{1B}[?2026l"
    guard frame != lastFrame else { return }
    lastFrame = frame
    write(frame)
  }

  /// Waits for a key or a signal.
  func wait(milliseconds: Int32) -> Event {
    if let key = nextKey() { return .key(key) }
    var watched = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signalPipe.read, events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&watched, 2, milliseconds)
    if ready < 0 { return errno == EINTR ? .timeout : .closed }
    if watched[1].revents != 0 { return hear() }
    guard watched[0].revents != 0 else { return .timeout }
    return readKeys() ? nextKey().map { .key($0) } ?? .timeout : .closed
  }

  /// - Returns: `false` where the terminal is gone.
  private func readKeys() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    guard count > 0 else { return false }
    pending += bytes[..<count]
    return true
  }

  private func nextKey() -> TerminalKey? {
    guard !pending.isEmpty else { return nil }
    if pending == [TerminalKey.escapeByte] {
      // The rest of a sequence comes at once; the key alone is followed by nothing.
      var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      if poll(&input, 1, 25) > 0 { _ = readKeys() }
    }
    return TerminalKey.take(from: &pending)
  }

  private func hear() -> Event {
    var number: UInt8 = 0
    guard read(signalPipe.read, &number, 1) == 1 else { return .timeout }
    switch Int32(number) {
    case SIGINT: return .end(.interrupt)
    case SIGTSTP:
      stop()
      return .redraw
    case SIGWINCH:
      lastFrame = ""
      return .redraw
    default: return .end(.other(Int32(number)))
    }
  }

  /// Gives the terminal to whoever had it, stops, and takes it again when it goes on.
  private func stop() {
    leave()
    signal(SIGTSTP, SIG_DFL)
    kill(getpid(), SIGTSTP)
    signal(SIGTSTP, forward)
    enter()
  }

  private func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Ends this process by the signal that asked for it, as whoever sent it expects.
  static func die(of number: Int32) -> Never {
    signal(number, SIG_DFL)
    kill(getpid(), number)
    exit(128 + number)
  }
}

private let signalPipe = unsharedPipe() ?? (read: -1, write: -1)

private let forward: @convention(c) (Int32) -> Void = { number in
  let previousError = errno
  var byte = UInt8(truncatingIfNeeded: number)
  write(signalPipe.write, &byte, 1)
  errno = previousError
}
