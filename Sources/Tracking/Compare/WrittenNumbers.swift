internal import Foundation

/// The numbers of a spec as they were written, so that tables can say `1e-3` where the spec does.
package struct WrittenNumbers: Sendable {
  private var byKey: [String: [Double: String]] = [:]
  private var anywhere: [Double: String] = [:]
  /// Values of the sweep, which may have fewer digits than what they stand for.
  private var swept: [String: (number: Double, text: String)] = [:]

  /// - Parameter texts: of the trial whose numbers they are.
  init(_ texts: SpecTexts) {
    for hyperparameter in texts.hyperparameters {
      let key = Self.lastKey(hyperparameter.path)
      note(hyperparameter.text, under: key)
      if let number = Double(hyperparameter.text) { swept[key] = (number, hyperparameter.text) }
    }
    for text in texts.written { scan(text) }
  }

  /// A number as the spec writes it under that key; one that is no integer, as it writes it
  /// anywhere; else with as few digits as tell it from every other number.
  func text(of value: Double, key: String) -> String {
    if let written = byKey[key]?[value] { return written }
    if let integer = Int(exactly: value) { return "\(integer)" }
    if let swept = swept[key],
      (4...12).contains(where: { Self.rounded(value, digits: $0) == swept.number })
    {
      return swept.text
    }
    return anywhere[value] ?? Self.shortest(value)
  }

  /// To that many significant decimal digits.
  package static func rounded(_ value: Double, digits: Int) -> Double {
    Double(String(format: "%.\(digits)g", value)) ?? value
  }

  /// `0.001`, `2.5e-5`.
  package static func shortest(_ value: Double) -> String {
    if let integer = Int(exactly: value) { return "\(integer)" }
    let parts = "\(value)".split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    let digits = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
    return "\(digits)e\(exponent)"
  }

  /// Goes over YAML as words and what parts them: a key is the word before a `:` or a `=`.
  private mutating func scan(_ text: String) {
    var key = ""
    var word = ""
    var isComment = false
    for scalar in text.unicodeScalars {
      if isComment {
        isComment = scalar != "\n"
        continue
      }
      if Self.separators.contains(scalar) {
        if scalar == ":" || scalar == "=" {
          if !word.isEmpty { key = Self.lastKey(word) }
        } else {
          note(word, under: key)
        }
        isComment = scalar == "#" && word.isEmpty
        word = ""
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    note(word, under: key)
  }

  private mutating func note(_ word: String, under key: String) {
    guard let first = word.utf8.first, Self.startsNumber(first),
      word.utf8.allSatisfy({ Self.startsNumber($0) || $0 == 0x65 || $0 == 0x45 }),
      let number = Double(word), number.isFinite
    else { return }
    if byKey[key]?[number] == nil { byKey[key, default: [:]][number] = word }
    if anywhere[number] == nil { anywhere[number] = word }
  }

  private static let separators = Set(" \t\r\n,:=[]{}\"'#".unicodeScalars)

  private static func startsNumber(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D || byte == 0x2B
  }

  private static func lastKey(_ path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? path
  }
}
