@testable import Datasets
@testable import Experiments
import Testing

struct LookalikeTests {
  private func refusal(_ text: String) -> String {
    do throws(YAMLError) {
      _ = try YAMLParser.parse(SourceText(name: "a.yaml", text: text))
      return ""
    } catch {
      return "\(error.mark.place): \(error.message)" + (error.remedy.map { "; \($0)" } ?? "")
    }
  }

  @Test(
    "a blank that is none is called by name, at its place",
    arguments: [
      ("a: 1\nseed:\u{A0}1\ndata: {}", "2:6: a no-break space (U+00A0)"),
      ("a: {b: 1,\u{A0}c: 2}", "1:10: a no-break space (U+00A0)"),
      ("a: {b:\u{202F}1}", "1:7: a narrow no-break space (U+202F)"),
      ("a: \u{3000}1", "1:4: an ideographic space (U+3000)"),
      ("a: 1\u{2003}", "1:5: a Unicode space (U+2003)"),
      ("a\u{A0}: 1", "1:2: a no-break space (U+00A0)"),
      ("\u{A0}\u{A0}a: 1\nb: 2", "1:1: a no-break space (U+00A0)"),
      ("a: 1\n\u{200B}b: 2", "2:1: a zero-width space (U+200B)"),
    ])
  func blanks(text: String, expected: String) {
    #expect(refusal(text) == "a.yaml:\(expected) is no blank in YAML; write an ordinary space")
  }

  @Test(
    "typographic signs are named where YAML fails over them",
    arguments: [
      ("a: “b: c”", "1:4: a typographic quotation mark (U+201C) means nothing in YAML; write \""),
      ("a: b\nc： d\ne: f", "2:2: a fullwidth colon (U+FF1A) means nothing in YAML; write :"),
    ])
  func signs(text: String, expected: String) {
    #expect(refusal(text) == "a.yaml:\(expected)")
  }

  @Test(
    "text may hold them",
    arguments: [
      "a: 2\u{A0}000 images", "a: “so called”", "a: '\u{A0}'", "# \u{A0}“\na: 1", "a: – b",
    ])
  func text(text: String) {
    #expect(refusal(text) == "")
  }

  @Test(
    "control characters are refused with their place",
    arguments: [
      (#"a: "x\e[31m""#, "U+001B"), (#"a: "x\x9by""#, "U+009B"), (#"a: "x\u202ey""#, "U+202E"),
      (#"{"k\a": 1}"#, "U+0007"),
    ])
  func controls(text: String, code: String) {
    #expect(
      refusal(text).contains("text must not contain the control character \(code); leave it out"))
  }

  @Test("lines and tabs are text, and records are read whatever they hold")
  func allowed() throws {
    #expect(refusal(#"a: "x\ny\tz""#) == "")
    let source = SourceText(name: "spec", text: #"{"a": "\u009b"}"#)
    #expect(try YAMLParser.parse(source, allowsControls: true)["a"]?.scalar?.text == "\u{9B}")
  }

  @Test("a class whose name would break a table is refused")
  func classNames() {
    let text = SampleSpecs.full.replacing("[sky, road, car]", with: #"[sky, "ro\nad", car]"#)
    #expect(
      SampleSpecs.problems(text).contains {
        $0.contains("the name of class 1 has the control character U+000A in it")
      })
  }
}
