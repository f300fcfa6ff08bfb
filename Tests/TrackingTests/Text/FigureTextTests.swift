import Testing

@testable import Tracking

struct FigureTextTests {
  @Test(
    "figures have decimals, huge ones an exponent",
    arguments: [
      (0.63118, "0.6312"), (0, "0.0000"), (999_999, "999999.0000"), (1e6, "1.00e6"),
      (1.234e34, "1.23e34"), (-2e7, "-2.00e7"), (.infinity, "inf"), (-.infinity, "-inf"),
      (-Double.nan, "nan"),
    ])
  func decimals(value: Double, text: String) {
    #expect(FigureText.decimals(value, 4) == text)
  }
}
