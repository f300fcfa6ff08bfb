import Testing

@testable import Measurements

struct ValueFormatTests {
  @Test(
    "numbers have decimals, huge ones an exponent",
    arguments: [
      (0.63118, "0.6312"), (0, "0.0000"), (999_999, "999999.0000"), (1e6, "1.00e6"),
      (1.234e34, "1.23e34"), (-2e7, "-2.00e7"), (.infinity, "inf"), (-.infinity, "-inf"),
      (-Double.nan, "nan"),
    ])
  func decimals(value: Double, text: String) {
    #expect(ValueFormat.decimals(value, 4) == text)
  }
}

extension ValueFormatTests {
  @Test(
    "a format survives as the code that Python has for it",
    arguments: [
      (ValueFormat.fixed(4), ".4f"), (.fixed(0), ".0f"), (.significant(3), ".3g"), (.count, ",d"),
    ])
  func codes(format: ValueFormat, code: String) {
    #expect(format.code == code)
    #expect(ValueFormat(code: code) == format)
  }

  @Test("what is no code is no format", arguments: ["", ".f", ".4", "4f", ".99f", ".4e", ",f"])
  func otherCodes(code: String) {
    #expect(ValueFormat(code: code) == nil)
  }

  @Test("numbers are written as their format says")
  func texts() {
    #expect(ValueFormat.fixed(2).text(12.346) == "12.35")
    #expect(ValueFormat.significant(3).text(0.00123456) == "0.00123")
    #expect(ValueFormat.count.text(1_234_567) == "1,234,567")
    #expect(ValueFormat.fixed(4).text(.nan) == "–")
    #expect(ValueFormat.fixed(4).coarser == .fixed(3))
  }
}
