@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("Marks of objects")
struct ObjectMarksTests {
  private let size = Size(height: 60, width: 120)

  private func drawn(_ lefts: [Int], side: Int = 20, times: Int = 1) -> (
    raster: Raster, ids: [Label]
  ) {
    let ids = (0..<size.area).map { pixel -> Label in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: 120)
      guard (20..<20 + side).contains(row) else { return 0 }
      let place = lefts.firstIndex { left in column >= left && column < left + side }
      return Label((place ?? -1) + 1)
    }
    let scores = ids.map { $0 == 0 ? 0 : InstancePlanes.label(ofScore: 0.5 + Double($0) / 10) }
    let objects = ImageObject.all(
      instances: ids.map { min($0, 1) } + ids + scores, size: size, isOutlined: false)
    let colours = ids.flatMap { [UInt8($0 * 40), 200, 10] }
    return (
      ObjectMarks.drawn(
        objects, ids: ids, colours: colours, classes: ["none", "cell"],
        on: Raster(
          size: size, channels: 3, pixels: Array(repeating: 77, count: 3 * size.area)),
        times: times), ids
    )
  }

  private func colour(_ raster: Raster, _ row: Int, _ column: Int) -> RGB {
    let place = 3 * (row * raster.size.width + column)
    return RGB(raster.pixels[place], raster.pixels[place + 1], raster.pixels[place + 2])
  }

  private let grey = RGB(77, 77, 77)
  private let first = RGB(40, 200, 10)
  private let second = RGB(80, 200, 10)

  @Test("boxes have the objects' colours, and what lies in them stays")
  func boxes() {
    let (raster, _) = drawn([10, 60])
    for (number, left) in [(1, 10), (2, 60)] {
      let own = number == 1 ? first : second
      #expect(colour(raster, 20, left) == own && colour(raster, 39, left + 19) == own)
      #expect(colour(raster, 30, left) == own && colour(raster, 30, left + 10) == grey)
    }
  }

  @Test("labels stand above their boxes; a less sure one that has no room is shorter, or left out")
  func labels() {
    let apart = drawn([5, 70]).raster
    let large = drawn([5, 70], times: 2).raster
    #expect(large.size == Size(height: 120, width: 240))
    #expect(colour(large, 40, 10) == first)
    // 'cell 0.60' is 9 letters of 6 pixels and one.
    #expect(colour(apart, 12, 5 + 54) == first)
    #expect(colour(apart, 12, 5 + 56) == grey)
    // The label of the surer object leaves no room for the other's name above, but below.
    let close = drawn([5, 30]).raster
    #expect(colour(close, 12, 30 + 54) == second)
    #expect(colour(close, 12, 10) == grey)
    #expect(colour(close, 44, 5 + 54) == first)
  }

  @Test("letters are those of displays of dots")
  func letters() {
    var rows = Array(repeating: Array(repeating: Character("."), count: 13), count: 9)
    PixelFont.forEachPixel(of: "a1", scale: 1) { rows[$0][$1] = "#" }
    #expect(
      rows.map { String($0) } == [
        ".............", ".........#...", "........##...", "..###....#...", ".....#...#...",
        "..####...#...", ".#...#...#...", "..####..###..", ".............",
      ])
    #expect(PixelFont.size(of: "a1", scale: 2) == Size(height: 18, width: 26))
  }
}
