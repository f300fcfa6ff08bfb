import Foundation

/// A program that a person talks to: it has the terminal of this process until it ends.
enum ForegroundProcess {
  /// Starts a program, which is looked for in `$PATH`, and waits for its end. Ctrl-C is the program's
  /// meanwhile.
  ///
  /// - Parameter words: the program and its arguments.
  /// - Returns: its exit status, or 128 and the number of the signal that ended it.
  static func run(_ words: [String]) throws(LaunchError) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // It stays in the group of this process: another could not read the terminal.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGPIPE, SIGINT, SIGQUIT] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let before = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer { for (number, handler) in before { signal(number, handler) } }
    var argv = words.map { strdup($0) } + [nil]
    var envp =
      ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var identifier: pid_t = 0
    let code = posix_spawnp(&identifier, words[0], nil, &attributes, &argv, &envp)
    guard code == 0 else { throw LaunchError(words[0], code) }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let number = status & 0x7F
    return number == 0 ? (status >> 8) & 0xFF : 128 + number
  }
}
