internal import Foundation

/// How tables write the values of a series.
package enum ValueFormat: Sendable, Codable, Hashable {
  /// So many decimals; a number of a million or more is written as `1.23e34`.
  case fixed(Int)
  /// So many significant digits: `0.001`, `2.5e-05`.
  case significant(Int)
  /// Whole numbers: `1,234`.
  case count

  /// `–` for what is not a number.
  package func text(_ value: Double) -> String {
    guard !value.isNaN else { return "–" }
    guard value.isFinite else { return value < 0 ? "-inf" : "inf" }
    switch self {
    case .fixed(let places): return Self.decimals(value, places)
    case .significant(let digits): return String(format: "%.\(max(1, digits))g", value)
    case .count: return Self.grouped(value)
    }
  }

  /// The format for a mean, which needs a digit less.
  package var coarser: ValueFormat {
    switch self {
    case .fixed(let places): .fixed(Swift.max(1, places - 1))
    case .significant, .count: self
    }
  }

  /// A number with that many decimals; one of a million or more as `1.23e34`.
  package static func decimals(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard abs(value) >= 1e6 else { return String(format: "%.\(places)f", value) }
    let parts = String(format: "%.2e", value).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1]) ?? 0)"
  }

  private static func grouped(_ value: Double) -> String {
    guard abs(value) < 1e15 else { return decimals(value, 0) }
    let digits = String(Int(value.rounded()).magnitude)
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

extension ValueFormat {
  /// As Python's format strings write it: `.4f`, `.3g`, `,d`.
  package var code: String {
    switch self {
    case .fixed(let places): ".\(places)f"
    case .significant(let digits): ".\(digits)g"
    case .count: ",d"
    }
  }

  /// - Returns: `nil` for another code than ``code`` writes.
  package init?(code: String) {
    if code == Self.count.code {
      self = .count
      return
    }
    guard code.hasPrefix("."), let digits = Int(code.dropFirst().dropLast()),
      (0...20).contains(digits)
    else { return nil }
    switch code.last {
    case "f": self = .fixed(digits)
    case "g": self = .significant(digits)
    default: return nil
    }
  }
}

extension ValueFormat {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let code = try container.decode(String.self)
    guard let format = ValueFormat(code: code) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no format: \(code)")
    }
    self = format
  }
}
