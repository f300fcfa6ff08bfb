@testable import Groundwork
@testable import Networks
import Testing

@Suite struct NetworkBuilderTests {
  private func builder() -> NetworkBuilder {
    NetworkBuilder(name: "test", input: NetworkInput(channels: 3, size: Size(square: 8)))
  }

  @Test("what no head depends on is left out, and the rest keeps its order")
  func unread() throws {
    var net = builder()
    let unread = net.convolution("unread", net.input, outputs: 4, kernel: Size(square: 3))
    let read = net.convolution("read", net.input, outputs: 5, kernel: Size(square: 3))
    _ = net.batchNorm("unread.norm", unread)
    let logits = net.relu(net.batchNorm("norm", read))
    let network = net.build(logits: logits)
    #expect(network.nodes.map(\.name) == ["read", "norm", "relu"])
    #expect(
      network.parameters.map(\.name) == ["read.weight", "read.bias", "norm.scale", "norm.shift"])
    #expect(network.statistics.map(\.name) == ["norm.mean", "norm.variance"])
    #expect(network.nodes.map(\.parameters) == [[0, 1], [2, 3], []])
    #expect(network.nodes.map(\.inputs) == [[0], [1], [2]])
    #expect(network.values[network.logits].shape == FeatureShape(5, 8, 8))
  }

  @Test("a scope names nodes and decides how their weights begin, until it ends")
  func scopes() {
    var net = builder()
    let inner = net.scope("outer", initialization: .lecun) { net in
      net.scope("inner", initialization: .heFanOut) {
        $0.convolution("first", $0.input, outputs: 4, kernel: Size(square: 3), bias: false)
      }
    }
    let last = net.convolution("last", inner, outputs: 2, kernel: Size(square: 1), bias: false)
    let network = net.build(logits: last)
    #expect(network.parameters.map(\.name) == ["outer.inner.first.weight", "last.weight"])
    #expect(
      network.parameters.map(\.initializer) == [
        .normal(deviation: (2 / Float(4 * 9)).squareRoot()),
        .normal(deviation: (2 / Float(4)).squareRoot()),
      ])
  }
}
