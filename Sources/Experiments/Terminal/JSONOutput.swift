internal import Datasets
import Foundation
import Tracking

/// What `--json` prints: for machines, with every number at full precision.
enum JSONOutput {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return JSONText.printable(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// On one line, as an argument of a command.
  static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts alone, which JSON has all words for.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// A number, `nil` where it is not a number: JSON has no word for that.
  static func number(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
