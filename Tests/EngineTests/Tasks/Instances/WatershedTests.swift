@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing

@Suite("Objects cut by watershed")
struct WatershedTests {
  @Test("basins are those of scikit-image")
  func flooding() throws {
    let golden = try GoldenInstances.load().flooding
    let basins = Watershed.flood(
      golden.heights, from: golden.seeds, within: golden.mask.map { $0 == 1 },
      Size(height: golden.height, width: golden.width))
    #expect(basins == golden.basins)
    #expect(Set(basins).count == 6)
  }

  /// Probabilities `[C, H, W]` that say without doubt what the target of ids and classes is.
  private func certain(
    _ target: WatershedTarget, ids: [Label], classes: [Label], count: Int, _ size: Size
  ) -> [Float] {
    var labels = [Label](repeating: 0, count: size.area)
    target.write(ids: ids, classes: classes, size: size, boundary: Label(count), to: &labels)
    let names = target.names(classes: (0..<count).map { "c\($0)" })
    return names.indices.flatMap { channel in labels.map { Int($0) == channel ? 1 : 0 } }
  }

  @Test(
    "objects that touch are told apart, and come back from their target",
    arguments: [WatershedTarget.boundary(width: 1), .distance(levels: 6)])
  func roundTrip(target: WatershedTarget) throws {
    let size = Size(height: 12, width: 20)
    let ids = (0..<size.area).map { pixel -> Label in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: 20)
      guard (2..<11).contains(row) else { return 0 }
      return column < 8 ? 1 : column < 17 ? 2 : 0
    }
    let classes = ids.map { min($0, 1) }
    let probabilities = certain(target, ids: ids, classes: classes, count: 2, size)
    let decoded = WatershedDecoder(target: target).planes(of: probabilities, size)
    #expect(Array(decoded[..<size.area]) == classes)
    let overlaps = InstanceOverlaps(
      predictions: decoded, labels: classes + ids + ids, area: size.area)
    #expect(overlaps.predictions.count == 2)
    #expect(overlaps.pairs(above: 0.8).map(\.truth) == [0, 1])
    #expect(overlaps.predictions.allSatisfy { $0.score == 1 })
  }

  @Test("an object has the class that is most probable in it, and small ones are left out")
  func classes() {
    let size = Size(height: 5, width: 9)
    let ids = (0..<45).map { pixel -> Label in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: 9)
      return column < 4 ? 7 : row == 2 && column == 6 ? 3 : 0
    }
    let classes = ids.map { $0 == 7 ? Label(2) : $0 == 3 ? 1 : 0 }
    let target = WatershedTarget.boundary(width: 1)
    let probabilities = certain(target, ids: ids, classes: classes, count: 3, size)
    func decode(_ minimumArea: Int) -> [Label] {
      WatershedDecoder(target: target).planes(of: probabilities, size, minimumArea: minimumArea)
    }
    let all = decode(1)
    #expect(all[0] == 2 && all[45] == 1)
    // No seed is in the single pixel, which is all boundary: it is an object by itself.
    #expect(all[45 + 24] == 2)
    #expect(decode(2)[45 + 24] == 0 && decode(2)[24] == 0)
  }

  @Test("nothing but the background makes no object, and neither does NaN")
  func nothing() {
    let size = Size(height: 3, width: 4)
    for value in [Float(1), .nan] {
      let probabilities = [Float](repeating: value, count: 12) + [Float](repeating: 0, count: 24)
      let decoded = WatershedDecoder(target: .boundary(width: 1)).planes(of: probabilities, size)
      #expect(decoded == Array(repeating: 0, count: 36))
    }
  }
}
