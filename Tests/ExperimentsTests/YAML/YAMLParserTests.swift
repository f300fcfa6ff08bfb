@testable import Datasets
@testable import Experiments
import Testing

@Suite("The YAML parser")
struct YAMLParserTests {
  /// The tree as text, each scalar with its line and column.
  private func tree(_ text: String) throws -> String {
    func show(_ node: YAMLNode) -> String {
      let place = node.mark.position.map { "@\($0.line):\($0.column)" } ?? "@"
      switch node.content {
      case .scalar(let scalar): return (scalar.isPlain ? scalar.text : "'\(scalar.text)'") + place
      case .sequence(let elements): return "[" + elements.map(show).joined(separator: " ") + "]"
      case .mapping(let entries):
        return "{"
          + entries.map { "\($0.key): \(show($0.value))" }.joined(separator: ", ") + "}"
      }
    }
    return show(try YAMLParser.parse(SourceText(name: "a.yaml", text: text)))
  }

  /// The one line that a text is refused with, and its remedy.
  private func refusal(_ text: String) -> String {
    do throws(YAMLError) {
      _ = try YAMLParser.parse(SourceText(name: "a.yaml", text: text))
      return ""
    } catch {
      return "\(error.mark.place): \(error.message)" + (error.remedy.map { "; \($0)" } ?? "")
    }
  }

  // MARK: - What is read

  @Test("block and flow collections read alike, every scalar at its place")
  func collections() throws {
    #expect(
      try tree("a: 1\nb:\n  - x\n  - {c: 'y', d: [2, 3]}\n")
        == "{a: 1@1:4, b: [x@3:5 {c: 'y'@4:9, d: [2@4:18 3@4:21]}]}")
  }

  @Test("block scalars are text, folded as their header says")
  func blockScalars() throws {
    #expect(try tree("a: |\n  x\n  y\n") == "{a: 'x\ny\n'@1:4}")
    #expect(try tree("a: >-\n  x\n  y\n") == "{a: 'x y'@1:4}")
  }

  @Test("Windows line ends and columns behind letters beyond ASCII are counted like any other")
  func linesAndColumns() throws {
    #expect(try tree("a: 1\r\nb: 2\r\n") == "{a: 1@1:4, b: 2@2:4}")
    #expect(try tree("über: 1\n") == "{über: 1@1:7}")
    #expect(try tree("{é: 1, b: 2}") == "{é: 1@1:5, b: 2@1:11}")
  }

  @Test("JSON is YAML")
  func json() throws {
    #expect(
      try tree(#"{"a":{"b":[1,2.5e-05,"c\"\u0041"],"d":true}}"#)
        == #"{a: {b: [1@1:12 2.5e-05@1:14 'c"A'@1:22], d: true@1:39}}"#)
  }

  @Test("repeated keys are kept, and found with the first of them")
  func repeatedKeys() throws {
    let root = try YAMLParser.parse(
      SourceText(name: "a.yaml", text: "a: 1\nb: {c: 1, c: 2}\na: 3\n"))
    let found = root.repeatedKeys.map { "\($0.key.keyMark.place) \($0.first.keyMark.place)" }
    #expect(found == ["a.yaml:2:11 a.yaml:2:5", "a.yaml:3:1 a.yaml:1:1"])
  }

  // MARK: - What is refused

  @Test(
    "what would mean more than it shows is refused",
    arguments: [
      ("a: &x 1", "a.yaml:1:4: anchors are not supported; write the value out where it is used"),
      ("a: *x", "a.yaml:1:4: aliases are not supported; write the value out where it is used"),
      ("a: !!str 1", "a.yaml:1:4: tags are not supported; leave it out: types follow from the key"),
      ("- !x [1]", "a.yaml:1:3: tags are not supported; leave it out: types follow from the key"),
      (
        "<<: {a: 1}",
        "a.yaml:1:1: merge keys are not supported; write the values out where they are used"
      ),
      ("a: 1\n---\nb: 1", "a.yaml:2:1: a second document begins; one file holds one spec"),
      (
        "%YAML 1.1\n---\na: 1",
        "a.yaml:1:1: directives are not supported; files are read as YAML 1.2: leave it out"
      ),
      ("[a, b]: 1", "a.yaml:1:1: a key must be a word, not a list"),
      ("\"a\": \"x\\0y\"", "a.yaml:1:6: text must not contain NUL"),
    ])
  func refused(text: String, expected: String) {
    #expect(refusal(text) == expected)
  }

  @Test(
    "what is no YAML is refused in one line at its place",
    arguments: [
      ("", "a.yaml: nothing is written here"),
      ("# a comment\n\n", "a.yaml: nothing is written here"),
      ("a:\n\tb: 1", "a.yaml:2:1: a tab is not allowed for indentation; use spaces"),
      ("a: 1\nb: \u{0}", "a.yaml:2:4: control characters are not allowed"),
      ("a: \u{1B}[31m", "a.yaml:1:4: control characters are not allowed"),
      ("a: [1, 2", "a.yaml:1:4: did not find expected ',' or ']' while parsing a flow sequence"),
      ("a: b: c", "a.yaml:1:5: mapping values are not allowed in this context"),
      ("a: 'x", "a.yaml:1:6: found unexpected end of stream while scanning a quoted scalar"),
      ("a: 1\n b: 2", "a.yaml:2:3: mapping values are not allowed in this context"),
      ("a: 1\n  b: [", "a.yaml:2:4: mapping values are not allowed in this context"),
      ("}", "a.yaml:1:1: did not find expected node content while parsing a block node"),
    ])
  func malformed(text: String, expected: String) {
    #expect(refusal(text) == expected)
  }

  @Test("collections may be 32 deep and no deeper")
  func depth() throws {
    let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(refusal(deepest).isEmpty)
    #expect(
      refusal("[" + deepest + "]")
        == "a.yaml:1:33: nested more than 32 deep, which no spec needs")
  }

  // libyaml alone takes quadratic time over the first of these: the limits hold while it reads.
  @Test(
    "a mebibyte of anything is refused or read at once", .timeLimit(.minutes(1)),
    arguments: [
      "[", "{", "- ", "? ", ": ", "!", "&a ", "*a ", "\"", "'", "a\n", "a: ", "[{", "{a: [", "#",
      "%", "|\n", "\n", "a,", "---\n", "-\n", "? - ", "\\", "}", "]",
    ])
  func hostile(piece: String) {
    let text = String(repeating: piece, count: YAMLParser.maximumBytes / piece.utf8.count)
    _ = refusal(text)
  }

  @Test("files beyond a mebibyte and beyond 100000 values are refused")
  func budgets() {
    #expect(
      refusal(String(repeating: "a", count: YAMLParser.maximumBytes + 1))
        == "a.yaml: more than 1024 KiB, which no spec needs")
    #expect(
      refusal("[" + String(repeating: "1,", count: YAMLParser.maximumNodes) + "]")
        == "a.yaml:1:200000: more than 100000 values, which no spec needs")
  }
}
