import Foundation
import Testing

/// `watch` in a terminal, which it gives back as it was.
@Suite("Watching")
struct WatchTests {
  private func recorded() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 2, rates: ["1e-2"]), to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    return workplace
  }

  /// A terminal of 80 columns and 24 rows, with the program on its other end.
  private final class Terminal {
    let master: Int32
    let slave: Int32
    let process: Process
    private(set) var output = ""

    init(_ arguments: [String], in workplace: Workplace) throws {
      // TIOCSPTLCK and TIOCGPTN of Linux: unlock the other end, and ask for its number.
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (lock, number) = (Int32(0), Int32(0))
      let isOpen =
        ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0
      try #require(isOpen)
      slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      try #require(slave >= 0)
      var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
      ioctl(master, UInt(TIOCSWINSZ), &size)
      process = try workplace.process(arguments, on: slave)
    }

    deinit {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      close(master)
      close(slave)
    }

    /// The settings, as bytes.
    var settings: [UInt8] {
      var settings = termios()
      tcgetattr(slave, &settings)
      return withUnsafeBytes(of: &settings) { Array($0) }
    }

    /// Reads on until the text has come.
    func wait(for text: String) throws {
      var bytes = [UInt8](repeating: 0, count: 65536)
      while !output.contains(text) {
        var input = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        try #require(poll(&input, 1, 60_000) == 1, "\(text) never came: \(output.suffix(300))")
        let count = read(master, &bytes, bytes.count)
        try #require(count > 0, "the terminal was closed: \(output.suffix(300))")
        output += String(decoding: bytes[..<count], as: UTF8.self)
      }
    }

    func forget() { output = "" }

    func type(_ text: String) { write(master, text, text.utf8.count) }
  }

  private static let left = "\u{1B}[?1049l"

  @Test("whatever ends it, the terminal is as it was", arguments: [SIGTERM, SIGHUP, SIGINT, 0])
  func restored(_ signal: Int32) throws {
    let workplace = try recorded()
    let terminal = try Terminal(["watch"], in: workplace)
    let before = terminal.settings
    try terminal.wait(for: "q quit")
    #expect(terminal.output.contains("\u{1B}[?1049h\u{1B}[?25l"))
    #expect(terminal.settings != before)
    if signal == 0 { terminal.type("q") } else { kill(terminal.process.processIdentifier, signal) }
    try terminal.wait(for: Self.left)
    terminal.process.waitUntilExit()
    #expect(terminal.settings == before)
    let isKilled = signal == SIGTERM || signal == SIGHUP
    #expect(terminal.process.terminationReason == (isKilled ? .uncaughtSignal : .exit))
    #expect(terminal.process.terminationStatus == (isKilled ? signal : 0))
  }

  @Test("keys open the run, help, and go back; a frame comes in one piece")
  func keys() throws {
    let workplace = try recorded()
    let terminal = try Terminal(["watch", "tiny"], in: workplace)
    try terminal.wait(for: "tiny · sweep")
    terminal.type("\r")
    try terminal.wait(for: "tiny · run")
    terminal.type("?")
    try terminal.wait(for: "another seed or fold")
    terminal.forget()
    terminal.type(" ")
    try terminal.wait(for: "seed")
    #expect(terminal.output.contains("\u{1B}[?2026h\u{1B}[H"))
    var size = winsize(ws_row: 8, ws_col: 30, ws_xpixel: 0, ws_ypixel: 0)
    ioctl(terminal.master, UInt(TIOCSWINSZ), &size)
    kill(terminal.process.processIdentifier, SIGWINCH)
    terminal.forget()
    try terminal.wait(for: "1 finished\u{1B}[K\u{1B}[J")
    terminal.type("q")
    try terminal.wait(for: Self.left)
    terminal.process.waitUntilExit()
    #expect(terminal.process.terminationStatus == 0)
  }

  @Test("one frame is printed on request, and without a terminal a line for each run")
  func lines() throws {
    let workplace = try recorded()
    let once = try workplace.run("watch", "--once", environment: ["COLUMNS": "80"])
    #expect(once.status == 0 && once.output.contains("tiny · sweep"), "\(once)")
    let plain = try workplace.run("watch", "tiny", "--once", "--plain", "--screen", "run")
    #expect(plain.output.unicodeScalars.allSatisfy { $0.isASCII }, "\(plain)")
    let followed = try workplace.run("watch")
    #expect(followed.status == 0, "\(followed)")
    #expect(followed.output.hasPrefix("tiny/1, finished, epoch 2/2, mean IoU 0."), "\(followed)")
    let wrong = try workplace.run("watch", "tinny", "--once")
    #expect(wrong.status == 3 && wrong.errors.contains("tiny"), "\(wrong)")
  }
}

extension Workplace {
  /// The program on a terminal.
  fileprivate func process(_ arguments: [String], on terminal: Int32) throws -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["TERM": "xterm-256color"]) { $1 }
      .filter { $0.key != "EXPERIMENTS_RESULTS" && $0.key != "NO_COLOR" }
    process.standardInput = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
    process.standardOutput = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
