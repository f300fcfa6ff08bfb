@testable import Groundwork
@testable import Learning
import Testing

@Suite("Objects of an image")
struct ImageObjectTests {
  @Test("objects are measured, in the order of their first pixels")
  func measures() {
    let objects = DrawnLabels(
      """
      ..2.
      11.2
      1...
      """
    ).objects
    #expect(objects.map(\.classID) == [2, 1])
    #expect(objects.map(\.pixels) == [2, 3])
    #expect(
      objects.map { [$0.box.left, $0.box.top, $0.box.width, $0.box.height] }
        == [[2, 0, 2, 2], [0, 1, 2, 2]])
    #expect(
      objects.map { [$0.centroid.x, $0.centroid.y] } == [[3, 1], [1 / 3.0 + 0.5, 4 / 3.0 + 0.5]])
  }

  @Test("where a pixel may be of several classes, each has objects of its own, class 0 too")
  func planes() {
    let labels: [Label] = [1, 1, 0, 0] + [0, 1, 0, 1]
    let objects = ImageObject.all(
      in: labels, size: Size(height: 1, width: 4), hasPlanes: true, isOutlined: true)
    #expect(objects.map(\.classID) == [0, 1, 1])
    #expect(objects.map(\.box.left) == [0, 1, 3])
    #expect(objects.allSatisfy { $0.polygons.count == 1 })
  }

  @Test("polygons are there where they are asked for")
  func measuredAlone() {
    let objects = ImageObject.all(
      in: [0, 3], size: Size(height: 1, width: 2), hasPlanes: false, isOutlined: false)
    #expect(objects.map(\.classID) == [3])
    #expect(objects[0].polygons.isEmpty)
    #expect(
      ImageObject.all(
        in: [], size: Size(height: 0, width: 0), hasPlanes: false, isOutlined: true
      ).isEmpty)
  }
}
