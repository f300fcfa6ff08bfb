@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("Made-up truth of a benchmark")
struct InventedLabelsTests {
  private static let shape = Shape(2, 3, 40, 70)

  private static func labels(_ form: TruthForm, planes: Int, values: Int) -> [Label] {
    let truth = Truth(task: "made up", form: form, classes: 3, classBounds: 2...9, planes: planes)
    var random = RandomStream(seed: 1, purpose: .init("test"))
    return [Label].filled(count: shape.batch * planes * shape.area) {
      InventedLabels(truth: truth, values: values, shape: shape).write(to: $0, &random)
    }
  }

  @Test("objects are squares of one class each")
  func objects() {
    let planes = Self.labels(.instances, planes: InstancePlanes.count, values: 65_534)
    let area = Self.shape.area
    #expect(planes.prefix(planes.count / 2).elementsEqual(planes.suffix(planes.count / 2)))
    let (classes, ids) = (planes[..<area], planes[area..<2 * area])
    // Two rows of three squares, of which the last row and column are cut off.
    #expect(Set(ids) == Set(0...6))
    #expect(ids.count { $0 == 1 } == 24 * 24 && ids.count { $0 == 6 } == 8 * 6)
    #expect(zip(classes, ids).allSatisfy { $0 == ($1 == 0 ? 0 : 1 + ($1 - 1) % 2) })
  }

  @Test("a plane of ids alone has no classes, and other labels are below their number")
  func planes() {
    #expect(Set(Self.labels(.starObjects, planes: 1, values: 65_534)) == Set(0...6))
    #expect(Set(Self.labels(.classes, planes: 1, values: 3)) == Set(0...2))
  }
}
