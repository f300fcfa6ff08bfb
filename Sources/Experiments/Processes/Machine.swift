internal import Datasets
import Foundation
internal import Groundwork

/// What this process may use of the machine.
struct Machine: Sendable, Equatable {
  /// Cores that it may run on, ascending.
  var cores: [Int]
  /// Cores' worth of time that it may use: as many, or fewer where a control group has a quota.
  var share: Int
  /// Bytes of memory, whoever uses them now.
  var memory: Int
  /// Bytes that nobody uses now.
  var freeMemory: Int

  static var current: Machine {
    let groups = ControlGroups.current
    let cores = CoreMask.current.cores
    let file = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
    let memory = bytes("MemTotal", in: file) ?? Int(ProcessInfo.processInfo.physicalMemory)
    let free = bytes("MemAvailable", in: file) ?? memory
    return Machine(
      cores: cores,
      share: min(cores.count, groups.cores.map { max(1, Int($0)) } ?? cores.count),
      memory: min(memory, groups.memory ?? memory),
      freeMemory: min(free, groups.freeMemory ?? free))
  }

  /// A number of `/proc/meminfo`, which counts in units of 1024 bytes: "MemTotal:  24684096 kB".
  static func bytes(_ name: String, in file: String) -> Int? {
    file.split(separator: "\n").lazy.compactMap { line -> Int? in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, words[0] == "\(name):" else { return nil }
      return Int(words[1]).map { $0 * 1024 }
    }.first
  }
}
