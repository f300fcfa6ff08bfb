@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing
@testable import Training

/// What a plan may change about how a network is computed: where tensors lie, what is fused, what
/// is given up and made again. None of it may change the results.
@Suite struct ExecutionPlanTests {
  private static let size = NetworkInput(channels: 3, size: Size(height: 32, width: 48))

  /// A network by the name of its template and of what is special about it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let template: any Template.Type
    private let fields: [String: FieldValue]

    fileprivate static func unet(_ description: String, _ fields: [String: FieldValue]) -> Case {
      let small: [String: FieldValue] = ["base_channels": .integer(16), "depth": .integer(2)]
      return Case(
        testDescription: description, template: UNet.self, fields: small.merging(fields) { $1 })
    }

    fileprivate static func enet(_ description: String, _ fields: [String: FieldValue]) -> Case {
      Case(testDescription: description, template: ENet.self, fields: fields)
    }

    fileprivate func network(
      _ input: NetworkInput = ExecutionPlanTests.size, classes: Int = 5
    ) throws -> Network {
      try template.init(FieldValues(fields, of: template.fields))
        .network(input: input, classes: classes)
    }
  }

  /// Concatenations, sums, dropout, pooling.
  private static let unet = Case.unet("unet", [:])
  private static let plainUNet = Case.unet("unet without norms", ["norm": .name("none")])
  private static let enet = Case.enet("enet", [:])
  private static let twoHeadedUNet = Case.unet(
    "unet without norms, two heads",
    ["norm": .name("none"), "edge_head": .boolean(true)])
  private static let twoHeadedENet = Case.enet(
    "enet, two heads", ["edge_head": .boolean(true)])

  static let cases = [unet, plainUNet, enet, twoHeadedUNet, twoHeadedENet]
  /// With a second head, and the same without it.
  static let twoHeadedCases = [(twoHeadedUNet, plainUNet), (twoHeadedENet, enet)]

  /// Everything that one training step computes.
  private struct Step: Equatable {
    /// Of each head.
    var outputs: [[Float]]
    var gradients: [[Float]]
    var statistics: [[Float]]
  }

  /// - Parameter heads: those whose gradient is not 0.
  private func step(
    _ network: Network, device: any Device, threads: Int = 2, recomputes: Bool = false,
    steps: Int = 1, heads: Set<Int> = [0, 1]
  ) throws -> Step {
    let plan = try ExecutionPlan(
      network, batch: 3, purpose: .training, device: device, threads: threads,
      recomputes: recomputes)
    let state = NetworkState(network, seed: 5, on: device)
    plan.allocate(state)
    var outputs: [[Float]] = []
    for number in 0..<steps {
      plan.writeImages { draw(into: $0, plan.input.elements, seed: 1) }
      plan.forward(seed: 9, step: number)
      outputs = plan.plainHeads
      for (head, layout) in plan.headLayouts.enumerated() where heads.contains(head) {
        plan.heads.bringToHost(head)
        draw(into: plan.heads.gradients[head], layout.layout, seed: UInt64(2 + head))
      }
      plan.backward()
    }
    plan.parameterGradients.download()
    state.statistics.download()
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

  @Test("activations that are computed again change no bit", arguments: cases)
  func recomputation(test: Case) throws {
    let network = try test.network()
    for target in DevicesUnderTest.native + DevicesUnderTest.inBF16 {
      let kept = try step(network, device: target.device)
      let again = try step(network, device: target.device, recomputes: true)
      let isSame = kept == again
      #expect(isSame, "\(target.testDescription)")
    }
  }

  @Test(
    "an arena of activations that are computed again takes a third less",
    arguments: [
      Case.unet("unet", ["base_channels": .integer(32), "depth": .integer(4)]), enet,
    ])
  func recomputationSavesMemory(test: Case) throws {
    let network = try test.network(
      NetworkInput(channels: 3, size: Size(square: 256)), classes: 12)
    let bytes = try [false, true].map { recomputes in
      try ExecutionPlan(
        network, batch: 4, purpose: .training, device: OneDNNDevice(), threads: 2,
        recomputes: recomputes
      ).arenaBytes
    }
    #expect(Double(bytes[1]) < 0.67 * Double(bytes[0]), "\(bytes)")
  }

  @Test(
    "a step computes the same however often the arena was used before",
    arguments: cases)
  func arenaIsReused(test: Case) throws {
    var network = try test.network()
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
    for target in DevicesUnderTest.native + DevicesUnderTest.inBF16 {
      let once = try step(network, device: target.device)
      let isSame = try step(network, device: target.device, steps: 3) == once
      #expect(isSame, "\(target.testDescription)")
    }
  }

  @Test(
    "portable plans compute the same bits with any number of threads",
    arguments: cases)
  func portable(test: Case) throws {
    let network = try test.network()
    for precision in DevicesUnderTest.hasBF16 ? Precision.allCases : [.f32] {
      let device = try OneDNNDevice(precision: precision, isPortable: true)
      let one = try step(network, device: device, threads: 1)
      for threads in [2, 3, 4] {
        let isSame = try step(network, device: device, threads: threads) == one
        #expect(isSame, "\(threads) threads, \(precision)")
      }
    }
  }

  /// Hides from a plan that kernels can work in place and on strided views.
  private struct Separate: Device {
    let name = "separate"
    let device: any Device
    func allocate(bytes: Int) -> any DeviceMemory { device.allocate(bytes: bytes) }
    func clear(_ place: DevicePlace, bytes: Int, threads: Int) {
      device.clear(place, bytes: bytes, threads: threads)
    }
    func begin(threads: Int) { device.begin(threads: threads) }
    func fuses(_ activation: Activation, into operation: Networks.Operation) -> Bool {
      device.fuses(activation, into: operation)
    }
    func foldsNorm(into operation: Networks.Operation) -> Bool {
      device.foldsNorm(into: operation)
    }
    func layout(for shape: Shape) -> TensorLayout { device.layout(for: shape) }
    func stridedViews(of operation: Networks.Operation) -> StridedViews { StridedViews() }
    func makeKernel(for request: KernelRequest) throws -> any Kernel {
      Kept(try device.makeKernel(for: request))
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
    arguments: cases)
  func places(test: Case) throws {
    let network = try test.network()
    for target in DevicesUnderTest.native + DevicesUnderTest.inBF16 {
      let apart = try step(network, device: Separate(device: target.device))
      let isSame = try step(network, device: target.device) == apart
      #expect(isSame, "\(target.testDescription)")
    }
  }

  @Test("both halves of a U-Net's concatenations are written to their place")
  func joined() throws {
    let network = try Self.unet.network()
    let device = try OneDNNDevice()
    let planned = PlannedLayouts(
      network, Fusion.steps(of: network, on: device), batch: 3, device: device)
    let concatenations = network.nodes.filter { $0.operation == .concatenate }
    #expect(concatenations.count == 2)
    #expect(planned.within.count == 4)
    for node in concatenations {
      #expect(node.inputs.allSatisfy { planned.within[$0]?.value == node.outputs[0] })
    }
  }

  @Test(
    "folding batch norms into convolutions changes a prediction by rounding alone",
    arguments: cases)
  func folding(test: Case) throws {
    let network = try test.network()
    for target in DevicesUnderTest.native {
      let state = NetworkState(network, seed: 5, on: target.device)
      for statistic in state.statistics.entries.indices {
        var random = RandomStream(seed: UInt64(statistic), purpose: .init("statistics"))
        for value in state.statistics[statistic].indices {
          state.statistics[statistic][value] = random.uniform(0.5, 1.5)
        }
      }
      state.statistics.upload()
      let plan = try ExecutionPlan(
        network, batch: 3, purpose: .prediction, device: target.device, threads: 2)
      #expect(
        plan.steps.contains { $0.foldedNorm != nil }
          == network.nodes.contains { $0.operation.isBatchNorm })
      plan.allocate(state)
      plan.writeImages { draw(into: $0, plan.input.elements, seed: 1) }
      plan.forward()
      let expected = unfolded(network, state, target.device)
      let scale = expected.reduce(1) { max($0, abs($1)) }
      let difference = zip(plan.plainHeads.joined(), expected)
        .reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(difference <= 1e-4 * scale, "\(target.testDescription): \(difference) of \(scale)")
    }
  }

  /// The same prediction by the kernels of a training plan, run as they are in an evaluation.
  private func unfolded(_ network: Network, _ state: NetworkState, _ device: any Device)
    -> [Float]
  {
    let plan = try! ExecutionPlan(
      network, batch: 3, purpose: .training, device: device, threads: 2)
    plan.allocate(state)
    plan.writeImages { draw(into: $0, plan.input.elements, seed: 1) }
    for kernel in plan.kernels { kernel.forward(ForwardPass(isTraining: false)) }
    plan.heads.begin()
    return Array(plan.plainHeads.joined())
  }

  @Test("without gradients of its own a second head changes no bit", arguments: twoHeadedCases)
  func secondHead(test: Case, plainTest: Case) throws {
    let (network, plain) = (try test.network(), try plainTest.network())
    #expect(plain.heads.map(\.name) == ["logits"])
    #expect(network.heads.map(\.name) == ["logits", "edges"])
    let names = plain.parameters.map(\.name) + ["edge_head.weight", "edge_head.bias"]
    #expect(network.parameters.map(\.name) == names)
    for target in DevicesUnderTest.native {
      let one = try step(plain, device: target.device)
      let two = try step(network, device: target.device, heads: [0])
      #expect(two.outputs.count == 2 && two.outputs[0] == one.outputs[0])
      #expect(two.gradients[..<one.gradients.count] == one.gradients[...])
      #expect(two.gradients[one.gradients.count...].joined().allSatisfy { $0 == 0 })
      #expect(two.statistics == one.statistics)
    }
  }

  @Test("the gradients of two heads add up", arguments: [twoHeadedUNet, twoHeadedENet])
  func headGradients(test: Case) throws {
    let network = try test.network()
    for target in DevicesUnderTest.native {
      let each = try [[0], [1]].map {
        try step(network, device: target.device, heads: $0).gradients
      }
      let both = try step(network, device: target.device).gradients
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
  /// The values of each head, whatever layout the device chose.
  fileprivate var plainHeads: [[Float]] {
    headLayouts.indices.map { index in
      heads.bringToHost(index)
      return Self.plain(heads.values[index], headLayouts[index].layout)
    }
  }
}

extension Networks.Operation {
  fileprivate var isBatchNorm: Bool { if case .batchNorm = self { true } else { false } }
}
