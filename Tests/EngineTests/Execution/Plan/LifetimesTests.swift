@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

@Suite struct LifetimesTests {
  /// input 0 → convolution 1 → pool 2 (positions 3) → convolution 4 → unpool 5 → add(1, 5) 6
  private func network() -> Network {
    var net = NetworkBuilder(
      name: "test", input: NetworkInput(channels: 3, size: Size(height: 8, width: 8)))
    let a = net.convolution("a", net.input, outputs: 4, kernel: Size(square: 3))
    let (pooled, positions) = net.maxPool("pool", a)
    let b = net.convolution("b", pooled, outputs: 4, kernel: Size(square: 3))
    let unpooled = net.maxUnpool("unpool", b, positions: positions)
    let sum = net.add("sum", a, unpooled)
    return net.build(logits: sum)
  }

  private let none = BackwardReads(inputs: false, outputs: false)

  private func lifetimes(_ reads: [BackwardReads]) -> Lifetimes {
    let network = network()
    let wanted = network.values.enumerated().map { $0 > 0 && $1.kind == .features }
    return Lifetimes(
      network: network, steps: Fusion.steps(of: network, on: OpenBLASDevice()), reads: reads,
      wanted: wanted)
  }

  @Test("in prediction a value dies with its last reader")
  func prediction() {
    let lifetimes = lifetimes([])
    #expect(lifetimes.values[0] == [0...0])
    #expect(lifetimes.values[1] == [0...4])
    #expect(lifetimes.values[2] == [1...2])
    #expect(lifetimes.values[3] == [1...3])
    #expect(lifetimes.values[6] == [4...5])
    #expect(lifetimes.gradients.allSatisfy { $0 == nil })
  }

  @Test("in training a value lives until the backward pass that reads it")
  func training() {
    // Convolutions read their inputs again.
    let reads = BackwardReads(inputs: true, outputs: false)
    let lifetimes = lifetimes([reads, none, reads, none, none])
    #expect(lifetimes.values[0] == [0...10])
    #expect(lifetimes.values[1] == [0...4])
    #expect(lifetimes.values[2] == [1...8])
    #expect(lifetimes.values[3] == [1...9])
  }

  @Test("a gradient lives from its first writer to its producer's backward pass")
  func gradients() {
    let lifetimes = lifetimes(Array(repeating: none, count: 5))
    #expect(lifetimes.gradients[0] == nil)
    #expect(lifetimes.gradients[6] == 5...6)
    #expect(lifetimes.gradients[5] == 6...7)
    #expect(lifetimes.gradients[1] == 6...10)
    #expect(lifetimes.gradients[3] == nil)
  }

  @Test("what losses look at lives until they have, and its gradient from then on")
  func heads() {
    var net = NetworkBuilder(
      name: "test", input: NetworkInput(channels: 3, size: Size(height: 8, width: 8)))
    let a = net.convolution("a", net.input, outputs: 4, kernel: Size(square: 3))
    let edges = net.convolution("edges", a, outputs: 1, kernel: Size(square: 1))
    let logits = net.convolution("logits", a, outputs: 5, kernel: Size(square: 1))
    let network = net.build(logits: logits, others: [("edges", edges)])
    let steps = Fusion.steps(of: network, on: OpenBLASDevice())
    let trained = Lifetimes(
      network: network, steps: steps, reads: Array(repeating: none, count: 3),
      wanted: [false, true, true, true])
    #expect(trained.values[2] == [1...3] && trained.values[3] == [2...3])
    #expect(trained.gradients[2] == 3...5 && trained.gradients[3] == 3...4)
    // The logits' convolution, running backward first, writes the gradient of what both read.
    #expect(trained.accumulates == [[false], [true], [false]])
    let predicted = Lifetimes(
      network: network, steps: steps, reads: [], wanted: [false, true, true, true])
    #expect(predicted.values == trained.values)
  }

  @Test("the second writer of a gradient adds to the first")
  func accumulation() {
    let lifetimes = lifetimes(Array(repeating: none, count: 5))
    // The sum, running backward first, writes the gradient of `a`; the pool adds to it.
    #expect(lifetimes.accumulates == [[false], [true], [false], [false, false], [false, false]])
  }
}
