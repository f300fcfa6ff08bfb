internal import Datasets
import Foundation
internal import Groundwork
internal import Tracking

/// A program that was started, with a thread that listens to its standard output.
///
/// The child is in a process group of its own, so that Ctrl-C in a terminal reaches only the
/// parent, which forwards what it wants the child to know.
struct ChildProcess: Sendable {
  let identifier: pid_t
  /// The signal by which it is asked to end in order.
  private let stopSignal: Int32

  /// How a process ended.
  enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Starts `executable` and returns at once.
  ///
  /// - Parameters:
  ///   - arguments: without the program's own name.
  ///   - environment: the whole of it.
  ///   - cores: those that it may run on; `nil` leaves it those of this process.
  ///   - stopSignal: by which it is asked to end in order.
  ///   - input: its standard input; it reads all of it before it writes much.
  ///   - isQuiet: whether what it says on standard error is thrown away.
  ///   - line: called on the listening thread with every line of standard output.
  ///   - ended: called once on the same thread, after the last line.
  /// - Throws: ``LaunchError`` where the system refuses.
  static func start(
    _ executable: String, _ arguments: [String], environment: [String: String],
    cores: CoreMask? = nil, stopSignal: Int32 = SIGTERM, input: Data? = nil,
    isQuiet: Bool = false,
    line: @escaping @Sendable (Data) -> Void, ended: @escaping @Sendable (End) -> Void
  ) throws(LaunchError) -> ChildProcess {
    guard let (readEnd, writeEnd) = unsharedPipe() else { throw LaunchError(executable, errno) }
    defer { close(writeEnd) }
    let inputPipe = input == nil ? nil : unsharedPipe()
    defer { if let inputPipe { close(inputPipe.read) } }
    let identifier: pid_t
    do {
      // A child has the cores of the thread that starts it.
      identifier = try (cores ?? .current).whileBound { () throws(LaunchError) in
        try spawn(
          executable, arguments,
          environment: environment.merging([ParentProcess.variable: "\(getpid())"]) { $1 },
          input: inputPipe?.read, output: writeEnd, isQuiet: isQuiet)
      }
    } catch {
      close(readEnd)
      if let inputPipe { close(inputPipe.write) }
      throw error
    }
    do {
      try SystemThread.start {
        readLines(of: readEnd, line)
        close(readEnd)
        ended(wait(for: identifier))
      }
    } catch {
      // Nobody would hear of it any more.
      kill(identifier, SIGKILL)
      _ = wait(for: identifier)
      close(readEnd)
      if let inputPipe { close(inputPipe.write) }
      throw LaunchError(executable, thread: error)
    }
    if let inputPipe, let input {
      // One that ends early does not want the rest.
      try? FileHandle(fileDescriptor: inputPipe.write, closeOnDealloc: true).write(
        contentsOf: input)
    }
    return ChildProcess(identifier: identifier, stopSignal: stopSignal)
  }

  func send(_ signal: Int32) {
    kill(identifier, signal)
  }

  /// Asks it to end in order. One that a signal has stopped goes on, so that it hears of it.
  func askToStop() {
    send(stopSignal)
    send(SIGCONT)
  }
}

/// The system's refusal to start a program.
struct LaunchError: Error, CustomStringConvertible {
  let description: String
  init(_ executable: String, _ code: Int32) {
    description = "cannot start \(executable): \(String(cString: strerror(code)))"
  }
  init(_ executable: String, thread error: SystemThreadError) {
    description = "cannot listen to \(executable): \(error)"
  }
}

extension ChildProcess.End: CustomStringConvertible {
  /// For a failed run's cause: "exit status 3", "killed by signal 9 (Killed)".
  var description: String {
    switch self {
    case .exited(let code): "exit status \(code)"
    case .signalled(SIGKILL):
      "killed by signal 9 (SIGKILL), which is also how the system ends a process when memory is short"
    case .signalled(let number):
      "killed by signal \(number) (\(String(cString: strsignal(number))))"
    }
  }
}

/// A pipe that no child inherits by accident: a copy of the writing end in another child would keep
/// this one's reader waiting. `nil` where the system refuses, with `errno` set.
func unsharedPipe() -> (read: Int32, write: Int32)? {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// Standard error is the parent's unless it is to be quiet, and standard input is empty unless there is
/// some.
private func spawn(
  _ executable: String, _ arguments: [String], environment: [String: String], input: Int32?,
  output: Int32, isQuiet: Bool
) throws(LaunchError) -> pid_t {
  try spawnGroup(executable, arguments, environment: environment) { actions in
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    if isQuiet {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
  }
}

private func readLines(of descriptor: Int32, _ line: (Data) -> Void) {
  var pending = Data()
  var chunk = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return }
    pending.append(contentsOf: chunk[..<count])
    while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
      line(Data(pending[..<end]))
      pending = Data(pending[(end + 1)...])
    }
  }
}

private func wait(for identifier: pid_t) -> ChildProcess.End {
  var status: Int32 = 0
  while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
  // The macros WTERMSIG and WEXITSTATUS of <sys/wait.h>.
  let signal = status & 0x7F
  return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
}
