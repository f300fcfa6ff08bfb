import Foundation

/// Counts how many processes the kernel has ended because memory was short: those of the control groups of this
/// process, and those of the machine.
///
/// The signal is the one that anybody may send; the count alone tells that it was the kernel.
struct MemoryKills: Sendable {
  /// The files that count, each with a line `oom_kill 3`.
  let files: [String]

  static var current: MemoryKills {
    MemoryKills(files: ["/proc/vmstat"] + ControlGroups.current.memoryKillFiles)
  }

  /// What was counted in each of the files.
  var counts: [Int] { files.map(Self.count) }

  static func count(in file: String) -> Int {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").lazy.compactMap { line -> Int? in
      let words = line.split(separator: " ")
      return words.count == 2 && words[0] == "oom_kill" ? Int(words[1]) : nil
    }.first ?? 0
  }
}
