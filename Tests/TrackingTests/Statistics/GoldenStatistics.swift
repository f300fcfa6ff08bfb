import Foundation
import Testing

/// The numbers of `Fixtures/statistics.json`, by key and place.
struct GoldenStatistics {
  private let value: Any?

  private init(_ value: Any?) { self.value = value }

  static func section(_ name: String) throws -> GoldenStatistics {
    let folder = try #require(Bundle.module.resourceURL)
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/statistics.json"))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return GoldenStatistics(try #require(root[name]))
  }

  subscript(_ key: String) -> GoldenStatistics {
    GoldenStatistics((value as? [String: Any])?[key])
  }

  var isMissing: Bool { value == nil || value is NSNull }
  var keys: [String] { ((value as? [String: Any])?.keys).map { $0.sorted() } ?? [] }
  var list: [GoldenStatistics] { (value as? [Any])?.map(GoldenStatistics.init) ?? [] }
  var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  var count: Int { Int(number) }
  var numbers: [Double] { list.map(\.number) }
  var text: String { value as? String ?? "" }
  var texts: [String] { list.map(\.text) }
}

/// Whether a number is the expected one to ten digits; numbers far below 1e-12 may differ by that.
func agrees(_ value: Double?, _ expected: GoldenStatistics) -> Bool {
  agrees(value, expected.number)
}

func agrees(_ value: Double?, _ expected: Double) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= max(1e-10 * abs(expected), 1e-14)
}
