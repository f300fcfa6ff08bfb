@testable import DataLayouts
import Groundwork
import Testing

/// The same corners as three tools fill them. `make test-importers` compares hundreds more with the tools
/// themselves.
@Suite struct PolygonTests {
  private let corners = [Point(1.7, 1.7), Point(7.9, 1.2), Point(6.4, 6.9), Point(-2, 4.2)]

  private func rows(_ fill: (inout Region) -> Void) -> [String] {
    var region = Region(size: Size(height: 8, width: 9))
    fill(&region)
    return (0..<8).map { row in region.pixels[9 * row..<9 * row + 9].map(String.init).joined() }
  }

  @Test("COCO's polygons are those of pycocotools 2.0.11")
  func coco() {
    #expect(
      rows { COCOPolygon.fill(corners, into: &$0) } == [
        "000000000", "000001110", "011111110", "111111100", "111111100", "001111100", "000001100",
        "000000000",
      ])
  }

  @Test("LabelMe's and Cityscapes' polygons are those of Pillow 12.3")
  func pillow() {
    #expect(
      rows { PillowPolygon.fill(corners, into: &$0) } == [
        "000000000", "011111110", "111111110", "111111110", "111111100", "001111100", "000000100",
        "000000000",
      ])
  }

  @Test("VIA's and Supervisely's polygons are those of OpenCV 4.14")
  func openCV() {
    let ring = corners.map { GridPoint(truncating: $0) }
    #expect(
      rows { OpenCVPolygon.fill([ring], into: &$0) } == [
        "000000000", "011111110", "111111110", "111111110", "111111100", "001111100", "000001100",
        "000000000",
      ])
  }

  @Test("what OpenCV clears of a polygon is what it would have filled of the hole")
  func holes() {
    let ring = corners.map { GridPoint(truncating: $0) }
    let left = rows { region in
      OpenCVPolygon.fill([ring], into: &region)
      OpenCVPolygon.fill([ring], into: &region, clears: true)
    }
    #expect(left.allSatisfy { $0 == "000000000" })
  }

  @Test("circles are those of Pillow and OpenCV")
  func circles() {
    #expect(
      rows { PillowEllipse.fill(left: 1, top: 1, right: 7, bottom: 6, into: &$0) } == [
        "000000000", "000111000", "001111100", "011111110", "011111110", "001111100", "000111000",
        "000000000",
      ])
    #expect(
      rows { OpenCVCircle.fill(GridPoint(x: 4, y: 4), radius: 3, into: &$0) } == [
        "000000000", "000010000", "001111100", "001111100", "011111110", "001111100", "001111100",
        "000010000",
      ])
  }

  @Test("ellipses are those of OpenCV 4.14")
  func ellipses() {
    func rows(_ center: (Int, Int), _ halves: (Int, Int), _ angle: Int) -> [String] {
      var region = Region(size: Size(height: 10, width: 16))
      OpenCVEllipse.fill(
        GridPoint(x: center.0, y: center.1), halves: GridPoint(x: halves.0, y: halves.1),
        angle: angle, into: &region)
      return (0..<10).map { row in
        String(region.pixels[16 * row..<16 * row + 16].map { $0 == 1 ? "x" : "." })
      }
    }
    #expect(
      rows((4, 4), (3, 2), 0) == [
        "................", "................", "..xxxxx.........", ".xxxxxxx........",
        ".xxxxxxx........", ".xxxxxxx........", "..xxxxx.........", "................",
        "................", "................",
      ])
    #expect(
      rows((8, 5), (7, 3), 30) == [
        "................", "...xxxxx........", "..xxxxxxxxx.....", "..xxxxxxxxxx....",
        "...xxxxxxxxxx...", "...xxxxxxxxxx...", "....xxxxxxxxxx..", ".....xxxxxxxxxx.",
        ".......xxxxxxxx.", "..........xxxxx.",
      ])
    #expect(
      rows((2, 3), (5, 4), 117) == [
        "xxxxxxx.........", "xxxxxxx.........", "xxxxxxx.........", "xxxxxxx.........",
        "xxxxxxx.........", "xxxxxxx.........", "xxxxxx..........", "xxxxx...........",
        ".xx.............", "................",
      ])
    #expect(rows((-20, 3), (5, 4), 0).allSatisfy { !$0.contains("x") })
  }

  @Test(
    "a corner that is no place, and sides that go on for ever, are refused before they are walked")
  func hostile() {
    for corner in [Point(.nan, 1), Point(1, .infinity), Point(1e12, 0)] {
      #expect(throws: LayoutError.self) {
        try PolygonCheck.check([corner, Point(1, 1), Point(2, 2)], file: "a", line: 1)
      }
    }
    let far = (0..<200).map { Point($0 % 2 == 0 ? -1e6 : 1e6, 0) }
    #expect(throws: LayoutError.self) { try PolygonCheck.check(far, file: "a", line: 1) }
  }
}
