internal import Foundation
internal import Groundwork

/// Bytes of memory that this process holds, as the system counts them; 0 where it does not say.
package enum ProcessMemory {
  package static func resident() -> Int { value(of: "VmRSS:") }
  package static func peak() -> Int { value(of: "VmHWM:") }

  private static func value(of name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
      * 1024
  }
}
