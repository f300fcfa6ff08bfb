@testable import DataLayouts
import Groundwork
import Testing

@Suite struct RunLengthsTests {
  @Test("COCO's text is read as pycocotools wrote it")
  func text() throws {
    let counts = try COCORunLengths.counts("325101O000O2O00L;")
    var region = Region(size: Size(height: 8, width: 9))
    try COCORunLengths.fill(counts, into: &region)
    let rows = (0..<8).map { row in region.pixels[9 * row..<9 * row + 9].map(String.init).joined() }
    #expect(
      rows == [
        "000000000", "000001110", "011111110", "111111100", "111111100", "001111100", "000001100",
        "000000000",
      ])
  }

  @Test("counts that are not of the image's pixels are refused")
  func wrongCounts() {
    var region = Region(size: Size(height: 2, width: 3))
    for counts in [[1, 2], [3, 4], [-1, 7], [.max, .max]] {
      #expect(throws: COCORunLengths.Problem.self) {
        try COCORunLengths.fill(counts, into: &region)
      }
    }
    for text in ["o", "\u{1}", "~~~~~~~~~~~~~~~~"] {
      #expect(throws: COCORunLengths.Problem.self) { try COCORunLengths.counts(text) }
    }
  }

  @Test("Kaggle's pairs count from 1, down the columns or along the rows")
  func kaggle() throws {
    var region = Region(size: Size(height: 2, width: 3))
    try KaggleRunLengths.fill("2 3", order: .columns, into: &region)
    #expect(region.pixels == [0, 1, 0, 1, 1, 0])
    region.removeAll()
    try KaggleRunLengths.fill("2 3", order: .rows, into: &region)
    #expect(region.pixels == [0, 1, 1, 1, 0, 0])
    for text in ["0 1", "6 2", "1", "1 x", "1 9223372036854775807"] {
      #expect(throws: KaggleRunLengths.Problem.self) {
        try KaggleRunLengths.fill(text[...], order: .rows, into: &region)
      }
    }
  }
}
