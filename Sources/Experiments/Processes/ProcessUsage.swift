import Foundation
internal import Groundwork
import Tracking

/// What this process takes of the machine now, from the files of Linux.
enum ProcessUsage {
  /// - Parameter roots: where the files lie; tests pass their own.
  static func sample(
    now: Double = Date().timeIntervalSince1970, process: String = "/proc/self",
    system: String = "/proc", sensors: String = "/sys/class"
  ) -> SystemHistory.Sample {
    let status = text("\(process)/status")
    let io = fields(text("\(process)/io"))
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return SystemHistory.Sample(
      time: now, processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      residentBytes: Machine.bytes("VmRSS", in: status) ?? 0,
      peakBytes: Machine.bytes("VmHWM", in: status) ?? Int(usage.ru_maxrss) * 1024,
      threads: fields(status)["Threads"] ?? 1, readBytes: io["read_bytes"],
      writtenBytes: io["write_bytes"],
      load: text("\(system)/loadavg").split(separator: " ").first.flatMap { Double($0) },
      freeBytes: freeBytes(system), temperature: temperature(sensors))
  }

  /// What the machine and the control groups of the process leave.
  private static func freeBytes(_ system: String) -> Int? {
    let machine = Machine.bytes("MemAvailable", in: text("\(system)/meminfo"))
    return [machine, ControlGroups.current.freeMemory].compactMap(\.self).min()
  }

  /// Of the hottest sensor; `nil` where there is none, as on most virtual machines.
  static func temperature(_ folder: String) -> Double? {
    let zones = names("\(folder)/thermal").filter { $0.hasPrefix("thermal_zone") }
      .map { "\(folder)/thermal/\($0)/temp" }
    let chips = names("\(folder)/hwmon").flatMap { chip in
      names("\(folder)/hwmon/\(chip)")
        .filter { $0.hasPrefix("temp") && $0.hasSuffix("_input") }
        .map { "\(folder)/hwmon/\(chip)/\($0)" }
    }
    // In thousandths of a degree. Sensors that are not connected tell nonsense.
    return (zones + chips).compactMap { Double(text($0).trimmingCharacters(in: .newlines)) }
      .map { $0 / 1000 }.filter { $0 > 0 && $0 < 150 }.max()
  }

  /// The whole numbers behind names: "Threads:	3".
  private static func fields(_ text: String) -> [String: Int] {
    var fields: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      fields[String(parts[0])] = Int(parts[1].trimmingCharacters(in: .whitespaces))
    }
    return fields
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }

  private static func text(_ file: String) -> String {
    (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
  }

  private static func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}
