import Testing

@testable import Tracking

@Suite("Numbers with errors as text")
struct MeasuredNumberTests {
  @Test("a single number follows the rule of the Particle Data Group")
  func single() throws {
    let cases = try GoldenStatistics.section("number_text")["cases"].list
    #expect(cases.count == 16)
    for item in cases {
      let text = MeasuredNumber.text(item["mean"].number, error: item["error"].number)
      #expect(text == item["text"].text)
    }
    #expect(MeasuredNumber.text(0.551234, error: nil) == "0.5512")
    #expect(MeasuredNumber.text(0.5, error: 0) == "0.5")
  }

  @Test("a column has one number of decimals")
  func column() throws {
    let golden = try GoldenStatistics.section("number_text")["column"]
    let cells = golden["cells"].list.map(\.numbers)
    let errors = cells.map { $0[1] }.filter { !$0.isNaN }
    let decimals = try #require(MeasuredNumber.columnDecimals(errors: errors))
    #expect(decimals == golden["decimals"].count)
    for (cell, expected) in zip(cells, golden["text"].texts) {
      let value = DecimalText.fixed(cell[0], decimals: decimals)
      let error = cell[1].isNaN ? "" : " ± " + DecimalText.fixed(cell[1], decimals: decimals)
      #expect(value + error == expected)
    }
    #expect(MeasuredNumber.columnDecimals(errors: [0, 0]) == nil)
    #expect(MeasuredNumber.columnDecimals(errors: [12]) == 1)
    #expect(MeasuredNumber.columnDecimals(errors: [1e-9]) == 6)
    #expect(MeasuredNumber.columnDecimals(errors: [0.00096]) == 3)
  }

  @Test(
    "halves are rounded away from zero on the shortest text",
    arguments: [
      (0.15, 1, "0.2"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.996, 2, "1.00"), (99.95, 1, "100.0"),
      (1234.5, -1, "1230"), (9.5, -1, "10"), (4, -1, "0"), (-0.0001, 2, "0.00"), (1e-7, 3, "0.000"),
      (1.25e20, 0, "125000000000000000000"), (0, 2, "0.00"),
    ])
  func halves(value: Double, decimals: Int, text: String) {
    #expect(DecimalText.fixed(value, decimals: decimals) == text)
  }

  @Test(
    "significant digits without zeros at the end",
    arguments: [
      (0.631249, "0.6312"), (12, "12"), (1234567, "1235000"), (1.5e-7, "1.5e-7"),
      (-0.05, "-0.05"), (9999.6, "10000"), (0, "0"), (3.1e20, "3.1e20"),
    ])
  func significant(value: Double, text: String) {
    #expect(DecimalText.significant(value) == text)
  }

  @Test("probabilities are never written as zero")
  func probabilities() {
    #expect(MeasuredNumber.probability(0.1712) == "0.17")
    #expect(MeasuredNumber.probability(0.0741) == "0.074")
    #expect(MeasuredNumber.probability(0.0004) == "<0.001")
    #expect(MeasuredNumber.probability(0) == "<0.001")
  }
}
