import Testing

@testable import Experiments

@Suite("Scalars mean what the core schema of YAML 1.2 says")
struct YAMLScalarTests {
  private func value(_ text: String) -> YAMLScalar.Value {
    YAMLScalar(text: text, isPlain: true).value
  }

  @Test(
    "integers",
    arguments: [
      ("0", 0), ("7", 7), ("-3", -3), ("+4", 4), ("017", 17), ("0x1F", 31), ("0o17", 15),
      ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
    ])
  func integers(text: String, expected: Int) {
    #expect(value(text) == .integer(expected))
  }

  @Test("an integer beyond 64 bits is an integer without a value")
  func hugeInteger() {
    #expect(value("9223372036854775808") == .integer(nil))
    #expect(value("0xFFFFFFFFFFFFFFFFFF") == .integer(nil))
  }

  @Test(
    "numbers",
    arguments: [
      ("1e-3", 1e-3), ("1E3", 1000), ("0.5", 0.5), (".5", 0.5), ("1.", 1), ("-1.25e+2", -125),
      ("1e-400", 0), ("1.e2", 100),
    ])
  func numbers(text: String, expected: Double) {
    #expect(value(text) == .number(expected))
  }

  @Test("infinities and what overflows are numbers, not finite ones")
  func notFinite() {
    #expect(value(".inf") == .number(.infinity))
    #expect(value("-.Inf") == .number(-.infinity))
    #expect(value("1e400") == .number(.infinity))
    guard case .number(let number) = value(".NaN") else {
      Issue.record(".NaN is not a number that is not a number")
      return
    }
    #expect(number.isNaN)
  }

  @Test(
    "what YAML 1.1 took for something else is text",
    arguments: [
      "no", "yes", "on", "off", "y", "1_000", "1:30", "0b11", "1e", "e3", ".", "-", "+", "0x",
      "0xG", "0o8", "inf", "nan", "1.2.3", "0x1p3", "infinity", "2024-01-01", "=", "nULL",
    ])
  func text(text: String) {
    #expect(value(text) == .text)
  }

  @Test("null and booleans have three spellings each")
  func nullAndBooleans() {
    for text in ["", "~", "null", "Null", "NULL"] { #expect(value(text) == .null) }
    for text in ["true", "True", "TRUE"] { #expect(value(text) == .boolean(true)) }
    for text in ["false", "False", "FALSE"] { #expect(value(text) == .boolean(false)) }
  }

  @Test("quotes make text of everything", arguments: ["1", "true", "null", "", "1e-3"])
  func quoted(text: String) {
    #expect(YAMLScalar(text: text, isPlain: false).value == .text)
  }
}
