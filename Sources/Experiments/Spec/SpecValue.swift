internal import Datasets
internal import Foundation
internal import Groundwork

/// A value of a spec that is being read: each reading either succeeds or reports why not.
struct SpecValue {
  let path: SpecPath
  let node: YAMLNode
  /// What problems of the value as a whole point at: its key, where it has one.
  let place: Mark
  let decoder: SpecDecoder

  func report(_ code: DiagnosticCode, _ message: String, remedy: String? = nil) {
    decoder.report(code, "\(path) \(message)", at: node.mark, remedy: remedy)
  }

  /// Reports what no other kind of fault describes better.
  func report(_ message: String, remedy: String? = nil) {
    report(.refusedValue, message, remedy: remedy)
  }

  private func mustBe(_ expected: String, remedy: String? = nil) {
    mustBe(.wrongType, expected, remedy: remedy)
  }

  private func mustBe(_ code: DiagnosticCode, _ expected: String, remedy: String? = nil) {
    let lookalike = node.scalar.flatMap { Lookalike.first(in: $0.text)?.found }
    report(
      code, "must be \(expected), not \(node.description)",
      remedy: remedy ?? lookalike.map { "there is \($0.name) in it: \($0.remedy)" })
  }

  /// Quotes are the usual reason why what looks like a number is none.
  private func withoutQuotes(_ isAcceptable: (YAMLScalar.Value) -> Bool) -> String? {
    guard let scalar = node.scalar, !scalar.isPlain else { return nil }
    let plain = YAMLScalar(text: scalar.text, isPlain: true)
    return isAcceptable(plain.value) ? "remove the quotes" : nil
  }

  // MARK: - Scalars

  /// Any scalar, as it was written: a folder may well be called `2024`.
  func text() -> String? {
    if let scalar = node.scalar, !scalar.text.isEmpty, scalar.value != .null { return scalar.text }
    mustBe("text")
    return nil
  }

  /// A word that can name a folder: letters, digits, `-`, `_` and `.`.
  func word() -> String? {
    guard let text = text() else { return nil }
    let isWord = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || "-_.".unicodeScalars.contains($0)
    }
    if !isWord || text.hasPrefix(".") || text.hasPrefix("-") || text.count > 100 {
      let lookalike = Lookalike.first(in: text)?.found
      report(
        .wrongNotation,
        "must be at most 100 letters, digits, '-', '_' and '.', the first neither '-' nor '.'",
        remedy: lookalike.map { "there is \($0.name) in it: \($0.remedy)" })
      return nil
    }
    return text
  }

  func boolean() -> Bool? {
    if case .boolean(let value) = node.scalar?.value { return value }
    mustBe(
      "true or false",
      remedy: withoutQuotes { if case .boolean = $0 { true } else { false } })
    return nil
  }

  func integer(in range: ClosedRange<Int>, unit: String? = nil) -> Int? {
    let extent =
      if range.lowerBound == range.upperBound {
        "\(range.lowerBound)"
      } else if range.upperBound == .max {
        "at least \(range.lowerBound)"
      } else {
        "from \(range.lowerBound) to \(range.upperBound)"
      }
    let bounds = extent + (unit.map { " \($0)" } ?? "")
    switch node.scalar?.value {
    case .integer(let value?) where range.contains(value): return value
    case .integer(nil) where range.upperBound == .max && node.scalar?.text.hasPrefix("-") == false:
      mustBe(.outOfRange, "at most \(Int.max)")
    case .integer: mustBe(.outOfRange, bounds)
    case .number(let value):
      mustBe("an integer", remedy: Int(exactly: value).map { "write \($0)" })
    default:
      mustBe(
        "an integer", remedy: withoutQuotes { if case .integer = $0 { true } else { false } })
    }
    return nil
  }

  func number(in bounds: Bounds, unit: String? = nil) -> Double? {
    switch node.scalar?.value {
    case .integer, .number:
      let value = node.scalar?.number ?? .nan
      if bounds.contains(value) { return value }
      // A number that is written with an infinite exponent is none of the infinities.
      if value.isInfinite, node.scalar?.text.contains(where: \.isNumber) == true {
        report(.outOfRange, "is \(node.description), which is too large to count with")
        return nil
      }
      mustBe(.outOfRange, "\(bounds)" + (unit.map { " \($0)" } ?? ""))
    default:
      mustBe(
        "a number",
        remedy: withoutQuotes {
          switch $0 {
          case .integer, .number: true
          default: false
          }
        })
    }
    return nil
  }

  /// One of a few names.
  func name(of names: [String], kind: String) -> String? {
    guard let text = node.scalar?.text, !node.isNull else {
      mustBe("one of \(names.joined(separator: ", "))")
      return nil
    }
    if names.contains(text) { return text }
    decoder.report(
      .unknownName, "unknown \(kind) '\(text)'", at: node.mark, remedy: Self.suggestion(text, names)
    )
    return nil
  }

  /// "did you mean 'x'?" where one is near, else all there are.
  static func suggestion(_ written: String, _ names: [String]) -> String {
    if let near = NearestName.of(written, among: names) { return "did you mean '\(near)'?" }
    return names.isEmpty ? "there are none" : "one of " + names.joined(separator: ", ")
  }

  // MARK: - Collections

  func elements() -> [SpecValue]? {
    guard let elements = node.elements else {
      mustBe("a list", remedy: node.scalar.map { "write [\($0.text)]" })
      return nil
    }
    return elements.enumerated().map { index, element in
      SpecValue(
        path: path.appending(String(index)), node: element, place: element.mark, decoder: decoder)
    }
  }

  /// `[height, width]`, each from 1 to ``maximumSide`` pixels.
  func size() -> Size? {
    guard let sides = node.elements, sides.count == 2 else {
      mustBe(.wrongNotation, "[height, width]")
      return nil
    }
    let values = elements()?.compactMap { $0.integer(in: 1...Self.maximumSide, unit: "pixels") }
    guard let values, values.count == 2 else { return nil }
    return Size(height: values[0], width: values[1])
  }

  /// `[height, width]` or `[depth, height, width]`, each from 1 to ``maximumSide``.
  func patchExtent() -> SpatialExtent? {
    guard let sides = node.elements, (2...3).contains(sides.count) else {
      mustBe(.wrongNotation, "[height, width], or of volumes [depth, height, width]")
      return nil
    }
    let values = elements()?.compactMap { $0.integer(in: 1...Self.maximumSide) }
    guard let values, values.count == sides.count else { return nil }
    return SpatialExtent(values)
  }

  static let maximumSide = 16_384

  /// - Parameter title: how messages call the mapping; its path where not given.
  func mapping(title: String? = nil) -> SpecMapping? {
    guard let entries = node.entries else {
      mustBe("a mapping of keys to values")
      return nil
    }
    return SpecMapping(
      path: path, title: title, place: place, mark: node.mark, entries: entries, decoder: decoder)
  }
}

extension YAMLScalar {
  /// The number that this is, integers included.
  var number: Double? {
    switch value {
    case .integer(let value?): Double(value)
    case .integer(nil): Double(text)
    case .number(let value): value
    case .null, .boolean, .text: nil
    }
  }
}
