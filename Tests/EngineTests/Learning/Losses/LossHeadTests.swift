@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing

/// Losses that look at another head than the logits.
@Suite struct LossHeadTests {
  private let shape = Shape(2, 3, 5, 7)

  private func loss(_ name: String) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name) as? any Loss)
  }

  private func context(_ heads: [(name: String, shape: Shape)]) -> LossContext {
    LossContext(
      heads: heads.map { HeadLayout(name: $0.name, layout: TensorLayout($0.shape)) },
      statistics: LossBench(shape).statistics, threads: 1)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("the same loss at two heads judges and trains each by itself")
  func twoHeads() throws {
    let (first, second) = (LossBench(shape, seed: 1), LossBench(shape, seed: 2))
    let crossEntropy = try loss("cross_entropy")
    let sum = try LossSum(
      [
        .init(loss: crossEntropy, weight: .constant(1)),
        .init(loss: crossEntropy, weight: .constant(0.4), head: "auxiliary"),
      ], context: context([("logits", shape), ("auxiliary", shape)]))
    #expect(sum.names == ["cross_entropy", "cross_entropy.auxiliary"])
    let heads = HostHeads([first.logits, second.logits])
    let value = sum.evaluate(heads, LossTarget(labels: first.labels))
    let gradients = heads.gradients.map {
      Array(UnsafeBufferPointer(start: $0, count: shape.count))
    }
    let other = LossBench(shape, logits: second.logits, labels: first.labels)
    let (left, right) = (
      try first.evaluate(crossEntropy), try other.evaluate(crossEntropy, weight: 0.4)
    )
    #expect(sum.values == [left.value, right.value])
    #expect(value == left.value + 0.4 * right.value)
    #expect(gradients == [left.gradient, right.gradient])
  }

  @Test("every loss of classes takes a head with a channel for each class")
  func everyLoss() throws {
    let bench = LossBench(shape)
    let heads = context([("logits", shape), ("auxiliary", shape), ("edges", bench.edgeShape)])
    for name in LossConformanceTests.names {
      let loss = try loss(name)
      guard type(of: loss).head == .logits else { continue }
      let kernel = try loss.makeKernel(for: heads, head: "auxiliary")
      let value = LossInput.with(
        [bench.logits.map { -$0 }, bench.logits, bench.edges], labels: bench.labels, head: 1
      ) { kernel.evaluate($0, weight: 1, gradients: nil).mean }
      var own = context([("logits", shape), ("edges", bench.edgeShape)])
      own.head = 0
      let expected = try loss.makeKernel(for: own)
      #expect(value == bench.value(expected), "\(name)")
    }
  }

  @Test("a head that the network lacks is named with those that it has")
  func unknown() throws {
    let crossEntropy = try loss("cross_entropy")
    #expect(
      message {
        _ = try crossEntropy.makeKernel(
          for: context([("logits", shape), ("edges", LossBench(shape).edgeShape)]),
          head: "auxiliary")
      } == "the network has no head 'auxiliary' to look at (it has logits, edges)")
  }

  @Test("a head that does not tell the classes is refused")
  func unfitting() throws {
    let crossEntropy = try loss("cross_entropy")
    #expect(
      message {
        _ = try crossEntropy.makeKernel(
          for: context([("logits", shape), ("edges", LossBench(shape).edgeShape)]), head: "edges")
      } == "needs a channel for each class, but head edges has 1 channel, not 3")
    #expect(
      message {
        _ = try crossEntropy.makeKernel(
          for: context([("logits", shape), ("small", Shape(2, 3, 4, 7))]), head: "small")
      } == "needs a channel for each class, but head small has another size than the labels")
    #expect(
      message {
        _ = try loss("edge").makeKernel(for: context([("logits", shape)]), head: "logits")
      } == "needs one channel for edges, but head logits has 3 channels, not 1")
  }
}
