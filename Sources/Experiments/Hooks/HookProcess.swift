import Foundation
internal import Groundwork
internal import Tracking

/// One life of a hook: its input is a file, so that it may read as much of it as it wants and when, and
/// what it prints is a file, of which the last line is told where it fails.
struct HookProcess {
  let command: HookCommand
  /// What it finds on standard input.
  let input: String
  let environment: [String: String]
  /// It is asked to end after so many seconds, and killed two later.
  var seconds = 60.0

  /// The variables of a person's own environment that a hook is given, beside those that say what it is
  /// about: enough to find programs, a desktop and a mailbox, and no secrets of other programs.
  static let inherited = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "DISPLAY",
    "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
  ]

  /// - Returns: why it failed; `nil` where it did not.
  func run() -> String? {
    guard let source = Self.unnamedFile(input), let sink = Self.unnamedFile("") else {
      return "no temporary file can be made: \(String(cString: strerror(errno)))"
    }
    defer {
      close(source)
      close(sink)
    }
    let identifier: pid_t
    do throws(LaunchError) { identifier = try spawn(source, sink) } catch { return "\(error)" }
    guard let status = wait(for: identifier) else {
      return "it took longer than \(Units.duration(seconds)) and was ended" + words(sink)
    }
    let number = status & 0x7F
    if number != 0 { return "it was killed by signal \(number)" + words(sink) }
    let code = (status >> 8) & 0xFF
    return code == 0 ? nil : "it ended with status \(code)" + words(sink)
  }

  private func spawn(_ source: Int32, _ sink: Int32) throws(LaunchError) -> pid_t {
    let own = ProcessInfo.processInfo.environment.filter { Self.inherited.contains($0.key) }
    return try spawnGroup(
      command.program, command.arguments, environment: own.merging(environment) { $1 }
    ) { actions in
      posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO)
      posix_spawn_file_actions_adddup2(&actions, sink, STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, sink, STDERR_FILENO)
    }
  }

  /// - Returns: how it ended; `nil` where it had to be ended.
  private func wait(for identifier: pid_t) -> Int32? {
    let start = ContinuousClock.now
    var status: Int32 = 0
    var isAsked = false
    while true {
      let ended = waitpid(identifier, &status, WNOHANG)
      if ended == identifier { return isAsked ? nil : status }
      if ended < 0, errno != EINTR { return 0 }
      let passed = ContinuousClock.now - start
      if passed > .seconds(seconds + 2) {
        kill(-identifier, SIGKILL)
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return nil
      }
      if passed > .seconds(seconds), !isAsked {
        kill(-identifier, SIGTERM)
        isAsked = true
      }
      usleep(10_000)
    }
  }

  /// `: <its last line>`
  private func words(_ file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let size = lseek(file, 0, SEEK_END)
    let count = pread(file, &bytes, bytes.count, max(0, size - off_t(bytes.count)))
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return text.split(separator: "\n").last.map { ": \($0.prefix(200))".printable } ?? ""
  }

  /// A file that goes with its last user, at its beginning.
  private static func unnamedFile(_ text: String) -> Int32? {
    var name = Array((FileManager.default.temporaryDirectory.path + "/hook-XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { return nil }
    unlink(name)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(file)
        return nil
      }
      bytes = bytes.dropFirst(count)
    }
    lseek(file, 0, SEEK_SET)
    return file
  }
}
