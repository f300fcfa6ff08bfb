internal import Foundation
internal import Measurements

/// Numbers as charts write them, with a true minus sign; a dash for what is not a number.
package enum NumberText {
  package static func decimals(_ value: Double, _ places: Int) -> String {
    value.isNaN ? "–" : signed(ValueFormat.decimals(value == 0 ? 0 : value, places))
  }

  /// With a plus sign where it is above 0: `+0.012`.
  package static func difference(_ value: Double, _ places: Int) -> String {
    let text = decimals(value, places)
    return text.contains { "123456789".contains($0) } && value > 0 ? "+\(text)" : text
  }

  /// At a tick: `0.25`, `120`, `2e6`.
  static func axis(_ value: Double, decimals places: Int) -> String {
    if abs(value) >= 1e5 || (places > 5 && value != 0) { return shortest(value) }
    return decimals(value, places)
  }

  /// At a tick of a logarithmic axis: `0.5`, `20`, `1e-4`.
  static func power(_ value: Double) -> String {
    abs(value) >= 0.01 && abs(value) < 1e5 ? trimmed(value, 2) : shortest(value)
  }

  /// With so many significant digits: `3.21`, `1.2e−7`.
  package static func significant(_ value: Double, _ digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return decimals(value, 0) }
    let text = String(format: "%.\(digits)g", value)
    guard let mark = text.firstIndex(of: "e") else { return signed(text) }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    return signed("\(text[..<mark])e\(exponent)")
  }

  /// `1e-4`, `2e6`: as a spec writes it.
  private static func shortest(_ value: Double) -> String {
    let parts = String(format: "%.3e", value).split(separator: "e")
    var digits = String(parts[0])
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return signed("\(digits)e\(Int(parts[1]) ?? 0)")
  }

  private static func trimmed(_ value: Double, _ places: Int) -> String {
    var text = String(format: "%.\(places)f", value)
    while text.contains("."), text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return signed(text)
  }

  /// The sign alone is replaced: exponents stay as specs write them.
  private static func signed(_ text: String) -> String {
    text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text
  }
}
