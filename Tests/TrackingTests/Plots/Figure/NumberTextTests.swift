import Testing

@testable import Tracking

struct NumberTextTests {
  @Test("numbers have a true minus sign, and exponents as specs write them")
  func texts() {
    #expect(NumberText.decimals(-0.5, 2) == "\u{2212}0.50")
    #expect(NumberText.decimals(-0.0, 1) == "0.0")
    #expect(NumberText.decimals(.nan, 2) == "–")
    #expect(NumberText.difference(0.0123, 3) == "+0.012")
    #expect(NumberText.difference(0.00001, 3) == "0.000")
    #expect(NumberText.difference(-0.0123, 3) == "\u{2212}0.012")
    #expect(NumberText.significant(0.000123, 3) == "0.000123")
    #expect(NumberText.significant(1.5e-7, 3) == "1.5e-7")
    #expect(NumberText.power(1e-4) == "1e-4")
    #expect(NumberText.power(0.05) == "0.05")
  }
}
