internal import Foundation

/// Figures as tables show them.
package enum FigureText {
  /// A number with that many decimals; one of a million or more as `1.23e34`.
  package static func decimals(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard abs(value) >= 1e6 else { return String(format: "%.\(places)f", value) }
    let parts = String(format: "%.2e", value).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1]) ?? 0)"
  }
}
