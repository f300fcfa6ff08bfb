@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Edge attention")
struct EdgeAttentionTests {
  func make(_ name: String = "edge_attention") throws -> any Loss {
    try #require(Registry.losses.makeDefault(name) as? any Loss)
  }

  @Test("where all pixels are taken for edges it is cross-entropy")
  func everything() throws {
    var bench = LossBench(Shape(2, 3, 40, 70))
    bench.edges = bench.edges.map { _ in 5 }
    #expect(try bench.evaluate(make()) == bench.evaluate(make("cross_entropy")))
  }

  @Test("where none is taken for one it costs nothing")
  func nothing() throws {
    var bench = LossBench(Shape(2, 3, 5, 7))
    bench.edges = bench.edges.map { _ in 1.38 }
    let result = try bench.evaluate(make())
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test("the threshold is a probability")
  func threshold() throws {
    var bench = LossBench(Shape(1, 2, 1, 3), logits: [0, 0, 0, 0, 0, 0], labels: [0, 1, 0])
    let logit = Float(log(0.8 / 0.2))
    bench.edges = [logit - 1e-5, logit + 1e-5, -9]
    let result = try bench.evaluate(make())
    #expect(isClose(result.value, log(2)))
    #expect(result.gradient == [0, 0.5, 0, 0, -0.5, 0])
  }
}
