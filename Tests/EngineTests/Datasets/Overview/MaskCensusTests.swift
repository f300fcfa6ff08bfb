@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct MaskCensusTests {
  private func planes(_ rows: [[Int]]) -> LabelPlanes {
    var planes = LabelPlanes()
    planes.reshape(Size(height: rows.count, width: rows[0].count))
    planes.labels = rows.joined().map { $0 < 0 ? Labels.ignoreIndex : Label($0) }
    return planes
  }

  @Test func `objects touch at sides or corners, and the first class has objects too`() {
    let census = MaskCensus(
      planes([
        [0, 0, 1, 0],
        [0, 1, 0, 0],
        [2, -1, -1, 1],
        [2, 2, -1, 0],
      ]), values: [0, 1, 2], isPlanes: false, edges: .sharp)
    #expect(census.labels.map(\.value) == [0, 1, 2])
    #expect(census.labels.map(\.pixels) == [7, 3, 3])
    // The zeros meet at a corner, above right; the last one does not meet them.
    #expect(census.labels.map(\.objects) == [2, 2, 1])
    #expect(census.labels.map(\.specks) == [2, 2, 1])
    #expect(census.ignored == 3 && census.all == 16 && census.labelled == 13)
  }

  @Test func `a plane for each class counts what is of the class`() {
    var both = LabelPlanes()
    both.reshape(Size(height: 2, width: 3), planes: 2)
    both.labels = [1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    let census = MaskCensus(both, values: [0, 1], isPlanes: true, edges: .sharp)
    #expect(census.labels == [.init(value: 0, pixels: 3, objects: 2, specks: 2)])
  }

  @Test func `ten pixels are no speck`() {
    let census = MaskCensus(
      planes([Array(repeating: 1, count: 10) + [0] + Array(repeating: 1, count: 9)]),
      values: [0, 1], isPlanes: false, edges: .sharp)
    #expect(census.labels[1].objects == 2 && census.labels[1].specks == 1)
  }

  // MARK: - Edges

  /// A disk of 255 on 0, in shades of grey where it is smooth.
  private func disk(isSmooth: Bool, side: Int = 64) -> Raster {
    let pixels = (0..<side * side).map { pixel -> UInt8 in
      let (x, y) = (Double(pixel % side) - 30.3, Double(pixel / side) - 31.6)
      let inside = 20 - (x * x + y * y).squareRoot()
      return isSmooth ? UInt8(255 * max(0, min(1, inside + 0.5))) : inside > 0 ? 255 : 0
    }
    return Raster(size: Size(square: side), channels: 1, pixels: pixels)
  }

  private func edges(_ image: Raster) throws -> MaskCensus.Edges {
    var values = MaskValues()
    values.reshape(image.size, .bytes)
    values.bytes = image.pixels
    return MaskCensus.Edges(
      try #require(NumberedValues(values, asColours: false)), isOfColours: false)
  }

  @Test func `smooth edges and those of a JPEG are told from sharp ones`() throws {
    #expect(try edges(disk(isSmooth: false)) == .sharp)
    #expect(try edges(disk(isSmooth: true)) == .antialiased)
    // Of classes 0 and 10, whose shades are close to both.
    var classes = disk(isSmooth: true)
    classes.pixels = classes.pixels.map { UInt8(Int($0) * 10 / 255) }
    #expect(try edges(classes) == .antialiased)
    let bytes = try ImageFile.jpeg(disk(isSmooth: false), quality: 80)
    #expect(try edges(try ImageFile.image(bytes)) == .compressed)
  }

  @Test func `numbered instances and many classes are sharp`() throws {
    let side = 64
    // 64 squares of 7 × 7 pixels with a number each, on 0.
    let instances = (0..<side * side).map { pixel -> UInt8 in
      let (x, y) = (pixel % side, pixel / side)
      return x % 8 < 7 && y % 8 < 7 ? UInt8(1 + x / 8 + 8 * (y / 8)) : 0
    }
    #expect(
      try edges(Raster(size: Size(square: side), channels: 1, pixels: instances)) == .sharp)
    // Two large classes, and five of a few rows each.
    let classes = (0..<side * side).map { pixel -> UInt8 in
      let row = pixel / side
      return row < 30 ? 0 : row < 59 ? 1 : UInt8(row - 57)
    }
    #expect(try edges(Raster(size: Size(square: side), channels: 1, pixels: classes)) == .sharp)
  }
}
