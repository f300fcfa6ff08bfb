@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

@Suite struct FusionTests {
  private let input = NetworkInput(channels: 3, size: Size(height: 8, width: 8))

  @Test("a ReLU joins the convolution before it")
  func reluBehindConvolution() {
    var net = NetworkBuilder(name: "test", input: input)
    let x = net.relu(net.convolution("a", net.input, outputs: 4, kernel: Size(square: 3)))
    let steps = Fusion.steps(of: net.build(logits: x), on: OpenBLASDevice())
    #expect(steps.map(\.activation) == [.relu])
    #expect(steps[0].outputs == [2])
  }

  @Test("a PReLU brings its slope along as the last parameter")
  func preluBehindBatchNorm() {
    var net = NetworkBuilder(name: "test", input: input)
    let x = net.prelu("p", net.batchNorm("n", net.input))
    let network = net.build(logits: x)
    let steps = Fusion.steps(of: network, on: OpenBLASDevice())
    #expect(steps.map(\.activation) == [.prelu])
    #expect(
      steps[0].parameters.map { network.parameters[$0].name } == ["n.scale", "n.shift", "p.slope"])
  }

  @Test("an output that is read twice keeps its activation apart")
  func sharedOutput() {
    var net = NetworkBuilder(name: "test", input: input)
    let a = net.batchNorm("n", net.input)
    let x = net.add("sum", a, net.relu(a))
    #expect(Fusion.steps(of: net.build(logits: x), on: OpenBLASDevice()).count == 3)
  }

  @Test("an output that a loss looks at keeps its activation apart")
  func head() {
    var net = NetworkBuilder(name: "test", input: input)
    let edges = net.convolution("a", net.input, outputs: 1, kernel: Size(square: 1))
    let logits = net.convolution("b", net.relu(edges), outputs: 4, kernel: Size(square: 1))
    let network = net.build(logits: logits, others: [("edges", edges)])
    let steps = Fusion.steps(of: network, on: OpenBLASDevice(), foldsNorms: true)
    #expect(steps.map(\.activation) == [.none, .none, .none])
  }

  @Test("PReLU does not join a convolution, nor a second activation the first")
  func refused() {
    var net = NetworkBuilder(name: "test", input: input)
    let a = net.convolution("a", net.input, outputs: 4, kernel: Size(square: 1))
    let x = net.relu(net.relu(net.batchNorm("n", net.prelu("p", a))))
    let steps = Fusion.steps(of: net.build(logits: x), on: OpenBLASDevice())
    #expect(steps.map(\.activation) == [.none, .none, .relu, .none])
  }
}
