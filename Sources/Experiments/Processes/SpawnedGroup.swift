import Foundation

/// Starts a program as the leader of a process group of its own: what it starts can be ended with it, and
/// Ctrl-C in the terminal is not for it. No signal is blocked or ignored.
///
/// - Parameter prepare: says what its standard streams are.
/// - Throws: ``LaunchError`` where the system refuses.
func spawnGroup(
  _ executable: String, _ arguments: [String], environment: [String: String],
  prepare: (inout posix_spawn_file_actions_t) -> Void
) throws(LaunchError) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  prepare(&actions)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
  posix_spawnattr_setflags(&attributes, Int16(flags))
  posix_spawnattr_setpgroup(&attributes, 0)
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
  posix_spawnattr_setsigdefault(&attributes, &signals)

  let pairs = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  var identifier: pid_t = 0
  let code = withCStrings([executable] + arguments) { argv in
    withCStrings(pairs) { envp in
      posix_spawn(&identifier, executable, &actions, &attributes, argv, envp)
    }
  }
  guard code == 0 else { throw LaunchError(executable, code) }
  return identifier
}

/// A null-terminated array of C strings, valid while `body` runs.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = texts.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { buffer in
    // Never empty: it ends with a null pointer.
    body(buffer.baseAddress!)
  }
}
