internal import Datasets
internal import Groundwork
internal import Tracking

/// The `--set path=value` options of a command, in the order in which they were given; `+path=value` is for what
/// is not written yet, and `~path` takes away what is.
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
          .excess,
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
    let manner: SpecAssignment.Manner =
      text.hasPrefix("+") ? .add : text.hasPrefix("~") ? .delete : .set
    let (pathText, valueText) = try parts(of: text, manner, source)
    let start = option.count + (manner == .set ? 0 : 1)
    let pathLength = pathText.unicodeScalars.count
    let place = Mark(source, line: 1, column: start + 1, length: max(1, pathLength))
    guard let path = SpecPath(pathText) else {
      let parts = pathText.split(separator: ".", omittingEmptySubsequences: false).count
      guard parts <= SpecPath.maximumParts else {
        throw SpecDiagnostic(
          .excess,
          "this path has \(parts) parts, and no spec is deeper than \(SpecPath.maximumParts)",
          at: Mark(source, line: 1, column: start + 1, length: 1))
      }
      throw SpecDiagnostic(
        .unsettablePath, "'\(pathText)' is no path", at: place,
        remedy: "write keys with a '.' between them")
    }
    guard let valueText else {
      let nothing = YAMLNode(content: .scalar(YAMLScalar(text: "null", isPlain: true)), mark: place)
      return SpecAssignment(path: path, place: place, value: nothing, manner: manner)
    }
    do throws(YAMLError) {
      let value = try YAMLParser.parse(
        valueText, of: source, columnOffset: start + pathLength + 1)
      if let repeated = value.repeatedKeys.first {
        throw YAMLError(
          .repeatedKey, "key '\(repeated.key.key)' is repeated", at: repeated.key.keyMark)
      }
      return SpecAssignment(path: path, place: place, value: value, manner: manner)
    } catch {
      throw SpecDiagnostic(error)
    }
  }

  /// The path without its sign, and the text of the value; `nil` where it is taken away.
  private static func parts(
    of text: String, _ manner: SpecAssignment.Manner, _ source: SourceText
  ) throws(SpecDiagnostic) -> (path: String, value: String?) {
    let whole = Mark(source, line: 1, column: 7, length: .max)
    let signed = manner == .set ? text[...] : text.dropFirst()
    let equals = signed.firstIndex(of: "=")
    if manner == .delete {
      guard equals == nil else {
        throw SpecDiagnostic(
          .unsettablePath, "~ takes a key away, and here is a value too", at: whole,
          remedy: "write ~path, or path=value")
      }
      return (String(signed), nil)
    }
    guard let equals else {
      throw SpecDiagnostic(
        .unsettablePath, "this sets nothing", at: whole,
        remedy: manner == .add ? "write +path=value" : "write path=value")
    }
    return (String(signed[..<equals]), String(signed[signed.index(after: equals)...]))
  }
}
