import Foundation
internal import Measurements
internal import Tracking

/// Quantities as a person reads them, the same in every command and locale.
enum Units {
  /// `512 bytes`, `1.4 kB`, `3.2 GB`: powers of 1000.
  static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return self.count(count, "byte") }
    var value = Double(count)
    var units = ["kB", "MB", "GB", "TB", "PB"][...]
    value /= 1000
    while value >= 999.95, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    return "\(decimals(value, 1)) \(units.first ?? "")"
  }

  /// `512`, `1.49 k`, `12.6 M`, `31.4 G`: powers of 1000 with three digits, as FLOPs are told.
  static func flops(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count)" }
    var value = Double(count) / 1000
    var units = ["k", "M", "G", "T", "P"][...]
    while value >= 999.5, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    let places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    return "\(decimals(value, places)) \(units.first ?? "")"
  }

  /// `0.4 s`, `12 s`, `1 min 12 s`, `2 h 5 min`, `3 d 4 h`: the two largest units, no zeros.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    guard seconds >= 9.95 else { return "\(decimals(seconds, 1)) s" }
    let total = Int(seconds.rounded())
    let (days, hours) = (total / 86400, total / 3600 % 24)
    let (minutes, rest) = (total / 60 % 60, total % 60)
    if days > 0 { return pair(days, "d", hours, "h") }
    if hours > 0 { return pair(hours, "h", minutes, "min") }
    if minutes > 0 { return pair(minutes, "min", rest, "s") }
    return "\(rest) s"
  }

  /// `86 images/s`, `4.2 images/s`.
  static func rate(_ perSecond: Double, _ things: String) -> String {
    guard perSecond.isFinite else { return "? \(things)/s" }
    return "\(decimals(perSecond, perSecond < 10 ? 1 : 0)) \(things)/s"
  }

  /// `+1.5 %` or `−0.7 %`, of 0.015 or −0.007.
  static func signedPercent(_ part: Double) -> String {
    "\(part < 0 ? "−" : "+")\(decimals(100 * abs(part), 1)) %"
  }

  /// `1,234,567`.
  static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// `1 trial`, `12 trials`, `2 matches`.
  static func count(_ number: Int, _ thing: String) -> String {
    if number == 1 { return "1 \(thing)" }
    let sibilant = ["s", "x", "ch", "sh"].contains { thing.hasSuffix($0) }
    return "\(count(number)) \(thing)\(sibilant ? "es" : "s")"
  }

  /// A number with that many decimals; `–` where it is not a number.
  static func decimals(_ value: Double, _ places: Int) -> String {
    value.isNaN ? "–" : ValueFormat.decimals(value, places)
  }

  private static func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String)
    -> String
  {
    small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
  }
}
