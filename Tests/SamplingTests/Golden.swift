import Foundation
import Testing

/// Numbers from other programs, read from `Fixtures/golden-samplers.json`.
@dynamicMemberLookup
struct Golden {
  private let value: Any

  static func load() throws -> Golden {
    let url = try #require(
      Bundle.module.url(
        forResource: "golden-samplers", withExtension: "json", subdirectory: "Fixtures"))
    return Golden(value: try JSONSerialization.jsonObject(with: Data(contentsOf: url)))
  }

  subscript(dynamicMember key: String) -> Golden { self[key] }

  subscript(key: String) -> Golden {
    Golden(value: (value as? [String: Any])?[key] ?? NSNull())
  }

  var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  var text: String { value as? String ?? "" }
  var numbers: [Double] { elements.map(\.number) }
  var integers: [Int] { numbers.map { Int($0) } }
  var rows: [[Double]] { elements.map(\.numbers) }
  var texts: [String] { elements.map(\.text) }
  var elements: [Golden] { (value as? [Any] ?? []).map(Golden.init) }
  /// Numbers by numbers.
  var table: [(Double, Double)] {
    ((value as? [String: Any]) ?? [:]).compactMap { key, value in
      Double(key).map { ($0, (value as? NSNumber)?.doubleValue ?? .nan) }
    }.sorted { $0.0 < $1.0 }
  }
  var isEmpty: Bool { value is NSNull }
}

/// As many digits as the numbers were printed with.
func expect(
  _ values: [Double], _ expected: [Double], within tolerance: Double = 2e-8,
  at location: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count && !expected.isEmpty, sourceLocation: location)
  for (value, wanted) in zip(values, expected) {
    #expect(
      (value - wanted).magnitude <= tolerance * max(wanted.magnitude, 1e-3),
      "\(value) is not \(wanted)",
      sourceLocation: location)
  }
}
