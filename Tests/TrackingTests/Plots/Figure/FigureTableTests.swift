import Testing

@testable import Tracking

struct FigureTableTests {
  @Test(
    "CSV has every digit, leaves out what is missing, and gives spreadsheets nothing to compute")
  func csv() {
    let table = FigureTable(
      columns: ["a, b", "c"],
      rows: [
        [.text("=1+1"), .value(1.0 / 3, decimals: 2)], [.text("x"), .value(.nan)],
        [.text("y"), .count(7)],
      ])
    #expect(table.csv == "\"a, b\",c\r\n'=1+1,0.3333333333333333\r\nx,\r\ny,7\r\n")
    #expect(table.rows[0][1].text == "0.33" && table.rows[1][1].text == "–")
  }
}
