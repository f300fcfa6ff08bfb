import Foundation

extension ChildProcess.End {
  /// How the rank ended that made `mpirun` end all: like a shell, it tells of a signal by a status above 128.
  var ofRank: ChildProcess.End {
    guard case .exited(let status) = self, (129...159).contains(status) else { return self }
    return .signalled(status - 128)
  }
}

extension ProcessLook {
  /// A process and all that it has started, on this machine: it moves where one of them does, and takes what the
  /// largest of them takes.
  ///
  /// - Returns: `nil` where there is no such process.
  init?(family process: pid_t, system: String = "/proc") {
    guard var look = ProcessLook(process, system: system) else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: system)) ?? []
    var children: [pid_t: [pid_t]] = [:]
    for identifier in names.compactMap({ pid_t($0) }) {
      guard let parent = Self.parent(of: identifier, system: system) else { continue }
      children[parent, default: []].append(identifier)
    }
    var waiting = children[process] ?? []
    while let next = waiting.popLast() {
      waiting += children[next] ?? []
      guard let found = ProcessLook(next, system: system) else { continue }
      look.isStopped = look.isStopped || found.isStopped
      look.processorSeconds += found.processorSeconds
      look.memory = max(look.memory, found.memory)
    }
    self = look
  }

  /// The fourth field, see proc(5).
  private static func parent(of process: pid_t, system: String) -> pid_t? {
    guard
      let line = try? String(contentsOfFile: "\(system)/\(process)/stat", encoding: .utf8),
      let name = line.lastIndex(of: ")")
    else { return nil }
    let fields = line[line.index(after: name)...].split(separator: " ")
    return fields.count > 1 ? pid_t(fields[1]) : nil
  }
}
