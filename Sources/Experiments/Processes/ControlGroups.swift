internal import Datasets
import Foundation
internal import Groundwork

/// What the control groups of Linux allow this process: its own group and all around it, in
/// version 1 or 2 of their files. A container or a batch system sets its limits there.
struct ControlGroups: Sendable {
  /// `/proc/self/cgroup`: a line "number:controllers:path" for each hierarchy.
  private let membership: String
  /// Where the hierarchies are mounted.
  private let root: String

  init(membership: String, root: String) { (self.membership, self.root) = (membership, root) }

  static var current: ControlGroups {
    let file = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
    return ControlGroups(membership: file ?? "", root: "/sys/fs/cgroup")
  }

  /// Processor time in cores, e.g. 1.5; `nil` without a quota.
  var cores: Double? { folders(of: "cpu").compactMap(quota).min() }

  /// Bytes that may ever be used; `nil` without a limit.
  var memory: Int? { folders(of: "memory").compactMap(memoryLimit).min() }

  /// Bytes that may still be used; `nil` without a limit. Files that are only cached count as free.
  var freeMemory: Int? {
    folders(of: "memory").compactMap { folder -> Int? in
      guard let limit = memoryLimit(folder) else { return nil }
      let used =
        number("\(folder)/memory.current") ?? number("\(folder)/memory.usage_in_bytes") ?? 0
      return max(0, limit - max(0, used - cachedFiles(folder)))
    }.min()
  }

  /// Files that count the processes that were ended because memory was short.
  var memoryKillFiles: [String] {
    folders(of: "memory").flatMap { ["\($0)/memory.events", "\($0)/memory.oom_control"] }
      .filter { FileManager.default.fileExists(atPath: $0) }
  }

  /// Where this process may make groups that limit memory; `nil` where it may not.
  ///
  /// In version 1 that is its own group. In version 2 a group with processes has none within that limit memory, so
  /// it is the one around its own, as long as nothing that its own group limits would be evaded there.
  var parentOfMemoryGroups: (folder: String, isVersion1: Bool)? {
    let folders = folders(of: "memory")
    // Where both are mounted, it is version 1 that limits memory.
    if let own = folders.last(where: isVersion1) { return isWritable(own) ? (own, true) : nil }
    guard let own = folders.last, let around = folders.dropLast().last, isWritable(around),
      memoryLimit(own) == nil,
      quota(own) == nil,
      text("\(around)/cgroup.subtree_control")?.split(whereSeparator: \.isWhitespace)
        .contains("memory") == true
    else { return nil }
    return (around, false)
  }

  private func isWritable(_ folder: String) -> Bool {
    FileManager.default.isWritableFile(atPath: folder)
  }

  private func quota(_ folder: String) -> Double? {
    if let words = text("\(folder)/cpu.max")?.split(whereSeparator: \.isWhitespace) {
      guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]),
        period > 0
      else { return nil }
      return quota / period
    }
    guard let quota = number("\(folder)/cpu.cfs_quota_us"), quota > 0,
      let period = number("\(folder)/cpu.cfs_period_us"), period > 0
    else { return nil }
    return Double(quota) / Double(period)
  }

  private func memoryLimit(_ folder: String) -> Int? {
    number("\(folder)/memory.max") ?? number("\(folder)/memory.limit_in_bytes")
  }

  private func cachedFiles(_ folder: String) -> Int {
    for line in (text("\(folder)/memory.stat") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2 else { continue }
      // Version 1 counts the groups within under "total_", version 2 always.
      if words[0] == "total_inactive_file" { return Int(words[1]) ?? 0 }
      if words[0] == "inactive_file", !isVersion1(folder) { return Int(words[1]) ?? 0 }
    }
    return 0
  }

  private func isVersion1(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/memory.limit_in_bytes")
  }

  /// The process's group and those around it. In a container the path may be that of the world
  /// outside: then only the outermost folder exists, which is the container's own group.
  private func folders(of controller: String) -> [String] {
    membership.split(separator: "\n").flatMap { line -> [String] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let isVersion2 = parts[1].isEmpty
      guard isVersion2 || parts[1].split(separator: ",").contains(Substring(controller)) else {
        return []
      }
      let mount = isVersion2 ? root : "\(root)/\(controller)"
      let names = parts[2].split(separator: "/")
      return (0...names.count).map { depth in
        ([mount] + names[..<depth].map(String.init)).joined(separator: "/")
      }
    }
  }

  private func text(_ file: String) -> String? {
    try? String(contentsOfFile: file, encoding: .utf8)
  }

  /// `nil` for "max" too.
  private func number(_ file: String) -> Int? {
    text(file).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }
}
