import Foundation

/// What the system tells of another process at an instant.
struct ProcessLook: Sendable, Equatable {
  /// True where a signal has stopped it, or a debugger holds it.
  var isStopped = false
  /// Time that all of its threads have had on processors.
  var processorSeconds = 0.0
  /// Bytes of memory that are its own: not those of files, which the system takes back when it needs them.
  var memory = 0

  /// - Parameter system: the folder of the files of Linux; tests pass their own.
  /// - Returns: `nil` where there is no such process, or nothing tells of it.
  init?(_ process: pid_t, system: String = "/proc") {
    guard let line = SmallFile.proc("\(system)/\(process)/stat"),
      // The name in brackets may hold anything.
      let name = line.lastIndex(of: ")")
    else { return nil }
    // The third field of the line and those behind it, see proc(5).
    let fields = line[line.index(after: name)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let kernel = Double(fields[12]) else {
      return nil
    }
    isStopped = fields[0] == "T" || fields[0] == "t"
    processorSeconds = (user + kernel) / Double(sysconf(Int32(_SC_CLK_TCK)))
    let status = SmallFile.proc("\(system)/\(process)/status") ?? ""
    let own = ["RssAnon", "RssShmem", "VmSwap"].compactMap { Machine.bytes($0, in: status) }
    memory = own.reduce(0, +)
  }

  init(isStopped: Bool = false, processorSeconds: Double = 0, memory: Int = 0) {
    (self.isStopped, self.processorSeconds, self.memory) = (isStopped, processorSeconds, memory)
  }
}

extension SmallFile {
  /// The text of a file of `/proc`, whose size the system gives as 0.
  fileprivate static func proc(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}
