internal import Foundation

/// Time as a person reads it: `0.4 s`, `12 s`, `1 min 12 s`, `2 h 5 min`, `3 d 4 h`.
enum TimeText {
  /// - Parameter seconds: 0 or more.
  static func of(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    guard seconds >= 9.95 else { return String(format: "%.1f s", seconds) }
    let total = Int(seconds.rounded())
    let parts = [
      (total / 86400, "d"), (total / 3600 % 24, "h"), (total / 60 % 60, "min"), (total % 60, "s"),
    ]
    // The largest unit and the next, without zeros.
    return parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }
}
