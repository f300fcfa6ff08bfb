import Foundation

/// A control group for one worker, in which the kernel holds it to its memory at every instant.
///
/// There is none where this process may not make one, as is usual outside of containers and batch systems: then
/// the worker's memory is looked at from time to time.
final class MemoryGroup: Sendable {
  private let folder: String

  /// - Parameters:
  ///   - limit: bytes.
  ///   - number: one that no other group of this process has.
  init?(limit: Int, number: Int, in groups: ControlGroups = .current) {
    guard let parent = groups.parentOfMemoryGroups else { return nil }
    Self.removeLeftovers(in: parent.folder)
    folder = "\(parent.folder)/\(Self.prefix)\(getpid())-\(number)"
    guard mkdir(folder, 0o755) == 0 else { return nil }
    let names =
      parent.isVersion1 ? ["memory.limit_in_bytes"] : ["memory.max"]
    guard names.allSatisfy({ Self.write("\(limit)", to: "\(folder)/\($0)") }) else {
      rmdir(folder)
      return nil
    }
    // What is swapped out is taken all the same. Not every kernel has these.
    _ = Self.write(
      parent.isVersion1 ? "\(limit)" : "0",
      to: "\(folder)/memory.\(parent.isVersion1 ? "memsw.limit_in_bytes" : "swap.max")")
  }

  /// By then its process has ended.
  deinit { rmdir(folder) }

  /// - Returns: whether the process is in the group now.
  func take(_ process: pid_t) -> Bool { Self.write("\(process)", to: "\(folder)/cgroup.procs") }

  /// Whether the kernel has ended a process of the group for its memory.
  var hasEndedOne: Bool {
    ["memory.events", "memory.oom_control"].contains {
      MemoryKills.count(in: "\(folder)/\($0)") > 0
    }
  }

  private static let prefix = "experiments-"

  /// Groups of launches that were killed: no process is in them, and that of their name is gone.
  private static func removeLeftovers(in parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(prefix) {
      guard
        let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
        kill(owner, 0) != 0, errno == ESRCH
      else { continue }
      rmdir("\(parent)/\(name)")
    }
  }

  private static func write(_ text: String, to file: String) -> Bool {
    let descriptor = open(file, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    return Foundation.write(descriptor, bytes, bytes.count) == bytes.count
  }
}
