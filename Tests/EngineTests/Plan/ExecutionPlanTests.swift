import Testing

@testable import Engine

/// What a plan may change about how a network is computed: where tensors lie, what is fused, what
/// is given up and made again. None of it may change the results.
@Suite struct ExecutionPlanTests {
  private static let size = NetworkInput(channels: 3, size: Size(height: 32, width: 48))

  /// U-Net with and without batch norm, and ENet: concatenations, sums, dropout, pooling. Then with
  /// a second head.
  static let templates: [any Template] = [
    UNet(FieldValues(["base_channels": .integer(16), "depth": .integer(2)], of: UNet.fields)),
    UNet(
      FieldValues(
        [
          "base_channels": .integer(16), "depth": .integer(2), "batch_norm": .boolean(false),
        ], of: UNet.fields)),
    ENet(FieldValues([:], of: ENet.fields)),
    UNet(
      FieldValues(
        [
          "base_channels": .integer(16), "depth": .integer(2), "batch_norm": .boolean(false),
          "edge_head": .boolean(true),
        ], of: UNet.fields)),
    ENet(FieldValues(["edge_head": .boolean(true)], of: ENet.fields)),
  ]

  /// Everything that one training step computes.
  private struct Step: Equatable {
    /// Of each head.
    var outputs: [[Float]]
    var gradients: [[Float]]
    var statistics: [[Float]]
  }

  /// - Parameter heads: those whose gradient is not 0.
  private func step(
    _ network: Network, backend: any Backend, threads: Int = 2, recomputes: Bool = false,
    steps: Int = 1, heads: Set<Int> = [0, 1]
  ) throws -> Step {
    let plan = try ExecutionPlan(
      network, batch: 3, purpose: .training, backend: backend, threads: threads,
      recomputes: recomputes)
    let state = NetworkState(network, seed: 5)
    plan.allocate(state)
    var outputs: [[Float]] = []
    for number in 0..<steps {
      draw(into: plan.images, plan.layouts[Network.inputValue].elements, seed: 1)
      plan.forward(seed: 9, step: number)
      outputs = plan.plainHeads
      for (head, gradient) in plan.headGradients.enumerated() where heads.contains(head) {
        draw(into: gradient.values, gradient.layout, seed: UInt64(2 + head))
      }
      plan.backward()
    }
    return Step(
      outputs: outputs,
      gradients: plan.parameterGradients.entries.indices.map { Array(plan.parameterGradients[$0]) },
      statistics: state.statistics.entries.indices.map { Array(state.statistics[$0]) })
  }

  private func draw(into values: UnsafeMutablePointer<Float>, _ count: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .init("plan"))
    for index in 0..<count { values[index] = random.uniform(-1, 1) }
  }

  /// Leaves the padding lanes zero.
  private func draw(
    into values: UnsafeMutablePointer<Float>, _ layout: TensorLayout, seed: UInt64
  ) {
    var random = RandomStream(seed: seed, purpose: .init("plan"))
    for place in layout.places { values[place] = random.uniform(-1, 1) }
  }

  private func network(_ index: Int) throws -> Network {
    try Self.templates[index].network(input: Self.size, classes: 5)
  }

  @Test("activations that are computed again change no bit", arguments: templates.indices)
  func recomputation(index: Int) throws {
    let network = try network(index)
    for target in BackendsUnderTest.native + BackendsUnderTest.inBF16 {
      let kept = try step(network, backend: target.backend)
      let again = try step(network, backend: target.backend, recomputes: true)
      let isSame = kept == again
      #expect(isSame, "\(target.testDescription)")
    }
  }

  @Test("an arena of activations that are computed again takes a third less", arguments: [0, 2])
  func recomputationSavesMemory(index: Int) throws {
    let template: any Template =
      index == 0
      ? UNet(FieldValues(["base_channels": .integer(32)], of: UNet.fields)) : Self.templates[index]
    let network = try template.network(
      input: NetworkInput(channels: 3, size: Size(square: 256)), classes: 12)
    let bytes = try [false, true].map { recomputes in
      try ExecutionPlan(
        network, batch: 4, purpose: .training, backend: OneDNNBackend(), threads: 2,
        recomputes: recomputes
      ).arenaBytes
    }
    #expect(Double(bytes[1]) < 0.67 * Double(bytes[0]), "\(bytes)")
  }

  @Test(
    "a step computes the same however often the arena was used before",
    arguments: templates.indices)
  func arenaIsReused(index: Int) throws {
    var network = try network(index)
    // Without what a step leaves behind on purpose.
    for node in network.nodes.indices {
      if case .batchNorm(var norm) = network.nodes[node].operation {
        norm.momentum = 0
        network.nodes[node].operation = .batchNorm(norm)
      }
      if case .spatialDropout = network.nodes[node].operation {
        network.nodes[node].operation = .spatialDropout(SpatialDropout(rate: 0))
      }
    }
    for target in BackendsUnderTest.native + BackendsUnderTest.inBF16 {
      let once = try step(network, backend: target.backend)
      let isSame = try step(network, backend: target.backend, steps: 3) == once
      #expect(isSame, "\(target.testDescription)")
    }
  }

  @Test(
    "portable plans compute the same bits with any number of threads",
    arguments: templates.indices)
  func portable(index: Int) throws {
    let network = try network(index)
    for precision in Precision.allCases {
      guard let backend = try? OneDNNBackend(precision: precision, isPortable: true) else {
        continue
      }
      let one = try step(network, backend: backend, threads: 1)
      for threads in [2, 3, 4] {
        let isSame = try step(network, backend: backend, threads: threads) == one
        #expect(isSame, "\(threads) threads, \(precision)")
      }
    }
  }

  /// Hides from a plan that kernels can work in place and within wider tensors.
  private struct Separate: Backend {
    static let name = "separate"
    let backend: any Backend
    func layout(for shape: Shape) -> TensorLayout { backend.layout(for: shape) }
    func mayLieWithinWider(_ operation: Operation) -> WideTensors { WideTensors() }
    func makeKernel(for request: KernelRequest) throws -> any Kernel {
      Kept(try backend.makeKernel(for: request))
    }
  }

  private final class Kept: Kernel {
    private let kernel: any Kernel
    init(_ kernel: any Kernel) { self.kernel = kernel }
    var workspaceBytes: Int { kernel.workspaceBytes }
    var scratchBytes: Int { kernel.scratchBytes }
    var backwardReads: BackwardReads { kernel.backwardReads }
    func bind(_ tensors: KernelTensors) { kernel.bind(tensors) }
    func forward(_ pass: ForwardPass) { kernel.forward(pass) }
    func backward() { kernel.backward() }
  }

  @Test(
    "where tensors lie changes no bit: joined and in place, or each on its own",
    arguments: templates.indices)
  func places(index: Int) throws {
    let network = try network(index)
    for target in BackendsUnderTest.native + BackendsUnderTest.inBF16 {
      let apart = try step(network, backend: Separate(backend: target.backend))
      let isSame = try step(network, backend: target.backend) == apart
      #expect(isSame, "\(target.testDescription)")
    }
  }

  @Test("both halves of a U-Net's concatenations are written to their place")
  func joined() throws {
    let network = try network(0)
    let planned = PlannedLayouts(
      network, Fusion.steps(of: network), batch: 3, backend: try OneDNNBackend())
    let concatenations = network.nodes.filter { $0.operation == .concatenate }
    #expect(concatenations.count == 2)
    #expect(planned.within.count == 4)
    for node in concatenations {
      #expect(node.inputs.allSatisfy { planned.within[$0]?.value == node.outputs[0] })
    }
  }

  @Test(
    "folding batch norms into convolutions changes a prediction by rounding alone",
    arguments: templates.indices)
  func folding(index: Int) throws {
    let network = try network(index)
    let state = NetworkState(network, seed: 5)
    for statistic in state.statistics.entries.indices {
      var random = RandomStream(seed: UInt64(statistic), purpose: .init("statistics"))
      for value in state.statistics[statistic].indices {
        state.statistics[statistic][value] = random.uniform(0.5, 1.5)
      }
    }
    for target in BackendsUnderTest.native {
      let plan = try ExecutionPlan(
        network, batch: 3, purpose: .prediction, backend: target.backend, threads: 2)
      #expect(
        plan.steps.contains { $0.foldedNorm != nil }
          == network.nodes.contains { $0.operation.isBatchNorm })
      plan.allocate(state)
      draw(into: plan.images, plan.layouts[Network.inputValue].elements, seed: 1)
      plan.forward()
      let expected = unfolded(network, state, target.backend)
      let scale = expected.reduce(1) { max($0, abs($1)) }
      let difference = zip(plan.plainHeads.joined(), expected)
        .reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(difference <= 1e-4 * scale, "\(target.testDescription): \(difference) of \(scale)")
    }
  }

  /// The same prediction by the kernels of a training plan, run as they are in an evaluation.
  private func unfolded(_ network: Network, _ state: NetworkState, _ backend: any Backend)
    -> [Float]
  {
    let plan = try! ExecutionPlan(
      network, batch: 3, purpose: .training, backend: backend, threads: 2)
    plan.allocate(state)
    draw(into: plan.images, plan.layouts[Network.inputValue].elements, seed: 1)
    for kernel in plan.kernels { kernel.forward(ForwardPass(isTraining: false)) }
    return Array(plan.plainHeads.joined())
  }

  @Test("without gradients of its own a second head changes no bit", arguments: [3, 4])
  func secondHead(index: Int) throws {
    let plain = try network(index - 2)
    let network = try network(index)
    let edges = try #require(network.edges)
    #expect(plain.heads == [plain.logits] && network.heads == [network.logits, edges])
    let names = plain.parameters.map(\.name) + ["edge_head.weight", "edge_head.bias"]
    #expect(network.parameters.map(\.name) == names)
    for target in BackendsUnderTest.native {
      let one = try step(plain, backend: target.backend)
      let two = try step(network, backend: target.backend, heads: [0])
      #expect(two.outputs.count == 2 && two.outputs[0] == one.outputs[0])
      #expect(two.gradients[..<one.gradients.count] == one.gradients[...])
      #expect(two.gradients[one.gradients.count...].joined().allSatisfy { $0 == 0 })
      #expect(two.statistics == one.statistics)
    }
  }

  @Test("the gradients of two heads add up", arguments: [3, 4])
  func headGradients(index: Int) throws {
    let network = try network(index)
    for target in BackendsUnderTest.native {
      let each = try [[0], [1]].map {
        try step(network, backend: target.backend, heads: $0).gradients
      }
      let both = try step(network, backend: target.backend).gradients
      // Of the greatest: some are 0 but for rounding.
      let scale = both.joined().reduce(0) { max($0, abs($1)) }
      for (index, parameter) in network.parameters.enumerated() {
        let sums = zip(each[0][index], each[1][index]).map(+)
        let difference = zip(both[index], sums).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(difference <= 1e-4 * scale, "\(parameter.name): \(difference) of \(scale)")
      }
    }
  }
}

extension ExecutionPlan {
  /// The values of each head, whatever layout the backend chose.
  fileprivate var plainHeads: [[Float]] {
    // Labels are for losses alone.
    let input = withUnsafePointer(to: 0 as Label) { lossInput(labels: $0) }
    let edges = input.edges.flatMap { edges in edgesLayout.map { Self.plain(edges, $0) } }
    return [plainLogits] + (edges.map { [$0] } ?? [])
  }

  fileprivate var headGradients: [(values: UnsafeMutablePointer<Float>, layout: TensorLayout)] {
    let gradients = lossGradients
    let edges = gradients.edges.flatMap { edges in edgesLayout.map { (edges, $0) } }
    return [(gradients.logits, logitsLayout)] + (edges.map { [$0] } ?? [])
  }
}

extension Engine.Operation {
  fileprivate var isBatchNorm: Bool { if case .batchNorm = self { true } else { false } }
}
