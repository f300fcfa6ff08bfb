internal import Foundation

/// Who holds a lock, as the lock's file says it: `process 12 on host, boot 5d1c…, sign 34`.
///
/// Among processes of one system it is the kernel that keeps locks and frees those of the dead. A file system that
/// several hosts share may keep the locks of each to itself: then a holder is known to live by its sign, which it
/// changes again and again.
struct LockHolder: Equatable {
  var process: Int32
  var host: String
  /// Of the running system: a host that was started anew is another.
  var boot: String
  var sign = 0

  /// This process.
  static var current: LockHolder {
    LockHolder(process: getpid(), host: ProcessInfo.processInfo.hostName, boot: systemBoot)
  }

  private static let systemBoot: String = {
    let file = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return file?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
  }()

  /// For the message of whoever comes next: `process 12 on host`.
  var name: String { "process \(process) on \(host)" }

  var text: String { "\(name), boot \(boot), sign \(sign)" }

  /// - Returns: `nil` for what is no such note, as somebody else's file is not.
  init?(_ text: String) {
    guard text.hasPrefix("process "), text.utf8.count <= Self.longest,
      text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F })
    else { return nil }
    let parts = text.components(separatedBy: ", ")
    let words = parts[0].split(separator: " ", maxSplits: 3)
    guard words.count == 4, let process = Int32(words[1]) else { return nil }
    (self.process, host) = (process, String(words[3]))
    func value(_ name: String) -> String? {
      parts.first { $0.hasPrefix("\(name) ") }.map { String($0.dropFirst(name.count + 1)) }
    }
    // Programs before this one said neither.
    boot = value("boot") ?? ""
    sign = value("sign").flatMap { Int($0) } ?? 0
  }

  init(process: Int32, host: String, boot: String) {
    (self.process, self.host, self.boot) = (process, host, boot)
  }

  /// Whether both are the same process, whatever its sign.
  func isSame(as other: LockHolder) -> Bool {
    process == other.process && host == other.host && boot == other.boot
  }

  /// In bytes.
  static let longest = 512
}
