@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

/// Networks of one and of three spatial axes in an execution plan.
@Suite struct SpatialRankTests {
  /// A small U-Net of any rank: two levels, batch norm, both ways to enlarge, max pooling.
  private func network(_ extent: SpatialExtent, name: String = "volumes") -> Network {
    var net = NetworkBuilder(name: name, input: NetworkInput(channels: 2, extent: extent))
    func cube(_ side: Int) -> SpatialExtent { extent.map { $0 == 1 ? 1 : side } }
    func block(_ name: String, _ input: NetworkBuilder.Feature, _ outputs: Int)
      -> NetworkBuilder.Feature
    {
      let x = net.convolution(
        "\(name).convolution", input, outputs: outputs, kernel: cube(3), bias: false)
      return net.relu(net.batchNorm("\(name).norm", x))
    }
    let first = block("encoder0", net.input, 16)
    let second = block(
      "encoder1", net.maxPool("pool0", first, PoolingWindow(size: cube(2))).maxima, 20)
    var x = block(
      "bottleneck", net.maxPool("pool1", second, PoolingWindow(size: cube(2))).maxima, 32)
    x = net.resize("up1", x, to: .scale(extent.extents.map { $0 == 1 ? 1 : 2 }))
    x = block("decoder1", net.concatenate("join1", [x, second]), 16)
    x = net.prelu(
      "up0.slope",
      net.transposedConvolution("up0", x, outputs: 16, kernel: cube(2), stride: cube(2)))
    x = block("decoder0", net.concatenate("join0", [x, first]), 12)
    x = net.spatialDropout("dropout", x, rate: 0)
    let logits = net.convolution("head", x, outputs: 3, kernel: cube(1))
    return net.build(logits: logits)
  }

  /// What one training step computes.
  private struct Step: Equatable {
    var logits: [Float]
    var gradients: [[Float]]
  }

  private struct Run {
    let plan: ExecutionPlan
    let state: NetworkState
    /// The gradient of the logits, in their plain order.
    let slope: [Float]

    init(
      _ network: Network, _ device: any Device, threads: Int = 2, recomputes: Bool = false
    ) throws {
      plan = try ExecutionPlan(
        network, batch: 2, purpose: .training, device: device, threads: threads,
        recomputes: recomputes)
      state = NetworkState(network, seed: 5, on: device)
      plan.allocate(state)
      let layout = plan.layouts[Network.inputValue]
      var random = RandomStream(seed: 1, purpose: .init("volume"))
      images = (0..<layout.elements).map { _ in random.uniform(-1, 1) }
      slope = (0..<plan.headLayouts[0].layout.shape.count).map { _ in random.uniform(-1, 1) }
    }

    private let images: [Float]

    func copyImages(to other: ExecutionPlan) {
      images.withUnsafeBufferPointer { if let start = $0.baseAddress { other.load(start) } }
    }

    /// Runs forward; the loss is the sum of the logits times `slope`.
    func loss() -> Double {
      copyImages(to: plan)
      plan.forward(seed: 9, step: 0, updatesStatistics: false)
      return zip(plan.plainLogits, slope).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    func step() -> Step {
      _ = loss()
      let logits = plan.plainLogits
      plan.heads.bringToHost(0)
      let gradient = plan.heads.gradients[0]
      for (place, value) in zip(plan.headLayouts[0].layout.places, slope) {
        gradient[place] = value
      }
      plan.backward()
      plan.parameterGradients.download()
      return Step(
        logits: logits,
        gradients: plan.parameterGradients.entries.indices.map {
          Array(plan.parameterGradients[$0])
        })
    }
  }

  static let extents: [SpatialExtent] = [[24], [8, 12], [4, 8, 12]]

  @Test("gradients of every parameter agree with central differences", arguments: extents)
  func gradients(extent: SpatialExtent) throws {
    let network = network(extent)
    for target in DevicesUnderTest.native {
      let run = try Run(network, target.device)
      let gradients = run.step().gradients
      for (index, parameter) in network.parameters.enumerated() {
        // Along the gradient itself, where the loss changes most.
        let gradient = gradients[index]
        let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(norm > 0, "\(parameter.name)")
        let values = run.state.parameters[index], kept = Array(values)
        // Small beside the bends of activations and norms, large beside the rounding of a loss.
        let length = 0.03 / norm
        let losses = [length, -length].map { length in
          for place in values.indices {
            values[place] = kept[place] + Float(length * Double(gradient[place]) / norm)
          }
          run.state.parameters.upload()
          return run.loss()
        }
        for place in values.indices { values[place] = kept[place] }
        run.state.parameters.upload()
        let slope = (losses[0] - losses[1]) / (2 * length)
        #expect(
          abs(slope - norm) <= 0.02 * norm,
          "\(parameter.name), \(target.testDescription): \(slope), not \(norm)")
      }
    }
  }

  @Test("devices agree, and bf16 is near", arguments: extents)
  func devices(extent: SpatialExtent) throws {
    let network = network(extent)
    let expected = try Run(network, OpenBLASDevice()).step()
    let scale = expected.logits.reduce(1) { max($0, abs($1)) }
    func difference(_ target: DeviceUnderTest) throws -> Float {
      let step = try Run(network, target.device).step()
      return zip(step.logits, expected.logits).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
    }
    for target in DevicesUnderTest.native {
      #expect(try difference(target) < 1e-4, "\(target.testDescription)")
    }
    for target in DevicesUnderTest.inBF16 {
      #expect(try difference(target) < 0.1, "\(target.testDescription)")
    }
  }

  @Test("neither recomputation nor the number of threads changes a bit of a portable step")
  func portable() throws {
    let network = network([4, 8, 12])
    for precision in DevicesUnderTest.hasBF16 ? Precision.allCases : [.f32] {
      let device = try OneDNNDevice(precision: precision, isPortable: true)
      let one = try Run(network, device, threads: 1).step()
      let isSame = try Run(network, device, threads: 3, recomputes: true).step() == one
      #expect(isSame, "\(precision)")
    }
  }

  @Test("a resized feature is written to its place within a concatenation")
  func joined() throws {
    let network = network([4, 8, 12])
    let device = try OneDNNDevice()
    let planned = PlannedLayouts(
      network, Fusion.steps(of: network, on: device), batch: 2, device: device)
    let join = try #require(network.nodes.first { $0.name == "join1" })
    #expect(join.inputs.allSatisfy { planned.within[$0]?.value == join.outputs[0] })
  }

  @Test("a volume of one slice is an image, a line an image of one row")
  func lowerRanks() throws {
    let image = network([8, 12])
    for (other, plane) in [(network([1, 8, 12]), image), (network([24]), network([1, 24]))] {
      for target in DevicesUnderTest.native {
        let steps = try [other, plane].map { try Run($0, target.device).step() }
        expectClose(
          steps[0].logits.map(Double.init), steps[1].logits.map(Double.init),
          "\(target.testDescription)", tolerance: 1e-4)
      }
    }
  }

  @Test("folding batch norms in a volume changes a prediction by rounding alone")
  func folding() throws {
    let network = network([4, 8, 12])
    for target in DevicesUnderTest.native {
      let training = try Run(network, target.device)
      _ = training.loss()
      for kernel in training.plan.kernels { kernel.forward(ForwardPass(isTraining: false)) }
      training.plan.heads.begin()
      let plan = try ExecutionPlan(
        network, batch: 2, purpose: .prediction, device: target.device, threads: 2)
      plan.allocate(training.state)
      training.copyImages(to: plan)
      plan.forward()
      expectClose(
        plan.plainLogits.map(Double.init), training.plan.plainLogits.map(Double.init),
        "\(target.testDescription)", tolerance: 1e-4)
    }
  }
}
