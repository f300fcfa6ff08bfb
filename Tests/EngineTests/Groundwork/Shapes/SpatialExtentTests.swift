@testable import Groundwork
import Testing

struct SpatialExtentTests {
  @Test("extents are those of the axes that are there, the outermost first")
  func axes() {
    let line: SpatialExtent = [7], image: SpatialExtent = [5, 7], volume: SpatialExtent = [3, 5, 7]
    #expect([line, image, volume].map(\.rank) == [1, 2, 3])
    #expect([line, image, volume].map(\.width) == [7, 7, 7])
    #expect([line, image, volume].map(\.height) == [1, 5, 5])
    #expect([line, image, volume].map(\.depth) == [1, 1, 3])
    #expect([line, image, volume].map(\.count) == [7, 35, 105])
    #expect((0..<3).map { volume[$0] } == [3, 5, 7])
    #expect((0..<2).map { image[$0] } == [5, 7])
    #expect(line[0] == 7)
    #expect(volume.description == "3×5×7" && line.description == "7")
  }

  @Test("a lower rank is another extent, and lifts to one of rank 3")
  func lifting() {
    let image: SpatialExtent = [5, 7], volume: SpatialExtent = [1, 5, 7]
    #expect(image != volume)
    #expect(image.lifted(filling: 1) == volume)
    #expect(SpatialExtent(width: 2).lifted(filling: 0) == [0, 0, 2])
    #expect(volume.lifted(filling: 0) == volume)
  }

  @Test("the size of an image goes both ways")
  func sizes() {
    let size = Size(height: 5, width: 7)
    #expect(SpatialExtent(size) == [5, 7])
    #expect(SpatialExtent(size).size == size)
    #expect(Shape(2, 3, 5, 7) == Shape(2, 3, SpatialExtent(size)))
    #expect(Shape(2, 3, [4, 5, 7]).description == "2×3×4×5×7")
    #expect(Shape(2, 3, [4, 5, 7]).count == 2 * 3 * 4 * 5 * 7)
  }
}
