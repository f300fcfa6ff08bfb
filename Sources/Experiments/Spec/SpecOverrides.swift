internal import Datasets
internal import Groundwork
internal import Tracking

/// The `--set path=value` options of a command, in the order in which they were given.
struct SpecOverrides: Sendable {
  /// The options as they were written, without `--set`.
  let texts: [String]
  private(set) var assignments: [SpecAssignment] = []
  /// The problems of the options that cannot be read.
  private(set) var problems: [SpecDiagnostic] = []

  init(_ texts: [String]) {
    self.texts = texts
    guard texts.count <= Self.maximumCount else {
      let source = SourceText(name: "--set", kind: .option(index: 0), text: "--set")
      problems = [
        SpecDiagnostic(
          "is given \(texts.count) times, and at most \(Self.maximumCount) times is enough",
          at: Mark(source, line: 1, column: 1, length: 5), remedy: "write the values into the spec")
      ]
      return
    }
    for (index, text) in texts.enumerated() {
      do throws(SpecDiagnostic) {
        assignments.append(try Self.read(text, index: index))
      } catch {
        problems.append(error)
      }
    }
  }

  /// The greatest number of options. It is bounded because each one is put into the whole spec.
  private static let maximumCount = 1000

  private static func read(
    _ text: String, index: Int
  ) throws(SpecDiagnostic) -> SpecAssignment {
    let option = "--set "
    let source = SourceText(name: option + text, kind: .option(index: index), text: option + text)
    guard let equals = text.firstIndex(of: "=") else {
      throw SpecDiagnostic(
        "this sets nothing", at: Mark(source, line: 1, column: 7, length: .max),
        remedy: "write path=value")
    }
    let pathText = String(text[..<equals])
    let valueText = String(text[text.index(after: equals)...])
    let pathLength = pathText.unicodeScalars.count
    let place = Mark(source, line: 1, column: option.count + 1, length: max(1, pathLength))
    guard let path = SpecPath(pathText) else {
      let parts = pathText.split(separator: ".", omittingEmptySubsequences: false).count
      guard parts <= SpecPath.maximumParts else {
        throw SpecDiagnostic(
          "this path has \(parts) parts, and no spec is deeper than \(SpecPath.maximumParts)",
          at: Mark(source, line: 1, column: option.count + 1, length: 1))
      }
      throw SpecDiagnostic(
        "'\(pathText)' is no path", at: place, remedy: "write keys with a '.' between them")
    }
    do throws(YAMLError) {
      let value = try YAMLParser.parse(
        valueText, of: source, columnOffset: option.count + pathLength + 1)
      if let repeated = value.repeatedKeys.first {
        throw YAMLError("key '\(repeated.key.key)' is repeated", at: repeated.key.keyMark)
      }
      return SpecAssignment(path: path, place: place, value: value)
    } catch {
      throw SpecDiagnostic(error)
    }
  }
}
