import CKernels
@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Edge loss")
struct EdgeTests {
  func make(_ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault("edge", fields) as? any Loss)
  }

  @Test(
    "edges are the pixels with one of another class within the radius",
    arguments: LabelMap.samples.indices, [1, 1.5, 2, 3.7, 12] as [Double])
  func truth(sample: Int, radius: Double) {
    let map = LabelMap.samples[sample]
    var edges = [Label](repeating: 7, count: map.labels.count)
    ck_edge_labels(
      map.labels, 1, Int32(map.height), Int32(map.width), Int32(radius * radius), &edges, 1)
    for (pixel, label) in map.labels.enumerated() {
      let nearest = map.squaredDistance(from: pixel) {
        map.labels[$0] != label && map.labels[$0] != Labels.ignoreIndex
      }
      let isEdge = nearest.map { Double($0).squareRoot() <= radius } ?? false
      let expected = label == Labels.ignoreIndex ? Labels.ignoreIndex : isEdge ? 0 : 1
      #expect(edges[pixel] == expected, "pixel \(pixel)")
    }
  }

  @Test("where one class borders on ignored pixels and the frame alone, nothing is an edge")
  func noEdges() throws {
    var bench = LossBench(Shape(2, 3, 9, 11))
    bench.labels = bench.labels.indices.map { $0 % 11 == 4 ? Labels.ignoreIndex : 1 }
    let result = try bench.evaluate(make())
    #expect(result.value == 0)
    #expect(result.edgeGradient.allSatisfy { $0 == 0 })
  }

  @Test("edges alone cost nothing")
  func nothingElse() throws {
    var bench = LossBench(Shape(1, 2, 4, 4))
    bench.labels = (0..<16).map { Label(($0 + $0 / 4) % 2) }
    let result = try bench.evaluate(make())
    #expect(result.value == 0)
    #expect(result.edgeGradient.allSatisfy { $0 == 0 })
  }

  @Test("edges weigh as much together as all the rest")
  func balance() throws {
    // 8 columns, the classes meet between the third and the fourth: 4 of them are edges.
    var bench = LossBench(Shape(1, 2, 5, 8))
    bench.labels = (0..<40).map { $0 % 8 < 3 ? 0 : 1 }
    bench.labels[7] = Labels.ignoreIndex
    bench.edges = bench.edges.map { _ in 0 }
    let result = try bench.evaluate(make())
    let (edges, pixels) = (20.0, 39.0)
    #expect(isClose(result.value, 2 * edges * (pixels - edges) / (pixels * pixels) * log(2)))
    let (up, down) = (
      result.edgeGradient.filter { $0 < 0 }, result.edgeGradient.filter { $0 > 0 }
    )
    #expect(up.count == 20 && down.count == 19)
    #expect(abs(up.reduce(0, +) + down.reduce(0, +)) < 1e-6)
  }

  @Test("classes may change their names")
  func names() throws {
    var bench = LossBench(Shape(1, 3, 5, 7))
    bench.labels = (0..<35).map { $0 % 7 < 3 ? 0 : $0 < 21 ? 2 : Labels.ignoreIndex }
    let result = try bench.evaluate(make())
    #expect(result.value > 0)
    bench.labels = bench.labels.map { $0 == Labels.ignoreIndex ? $0 : ($0 + 1) % 3 }
    #expect(try bench.evaluate(make()) == result)
  }
}
