@testable import Datasets
@testable import Execution
@testable import Experiments
@testable import Groundwork
@testable import Networks
import Testing

/// Published weights give the feature maps that they give in the framework that they were written for:
/// `make test-weights WEIGHTS=FOLDER`, with the files in that folder.
@Suite(.enabled(if: ActivationFixture.weights != nil))
struct ActivationTests {
  /// A file, the encoder that takes it, and how the image becomes what the file's source took.
  struct Source: Sendable, CustomTestStringConvertible {
    let encoder: String
    let mean, deviation: [Float]
    var rules = WeightMatching.Rules()
    var testDescription: String { encoder }
  }

  static let sources = [
    Source(
      encoder: "efficientnet_lite0", mean: [Float](repeating: 127 / 255, count: 3),
      deviation: [Float](repeating: 128 / 255, count: 3)),
    Source(
      encoder: "vgg16", mean: [122.67892 / 255, 116.66877 / 255, 104.00699 / 255],
      deviation: [Float](repeating: 1 / 255, count: 3),
      rules: .init(reversesInputs: true)),
  ]

  @Test(
    "on every device, activations at five depths are the framework's own",
    arguments: sources, Devices.all.map(\.name))
  func activations(source: Source, device name: String) throws {
    let fixture = try ActivationFixture(source.encoder)
    let network = try network(source.encoder, fixture)
    let device = try #require(Devices.named(name)).make(Computation(), false)
    let state = NetworkState(network, seed: 0, on: device)
    let weights = try PretrainedWeights(
      path: "\(#require(ActivationFixture.weights))/\(fixture.file)", rules: source.rules
    ).initialWeights(for: network, of: UNet(FieldValues([:], of: UNet.fields)))
    #expect(weights.count == network.parameters.count + network.statistics.count)
    try weights.fill(state)

    let plan = try ExecutionPlan(
      network, batch: 1, purpose: .prediction, device: device, threads: 2)
    plan.allocate(state)
    plan.load(fixture.image(Normalizer(mean: source.mean, deviation: source.deviation)))
    plan.forward()
    #expect(plan.headLayouts.count == fixture.depths.count)
    for (index, head) in plan.headLayouts.enumerated() {
      plan.heads.bringToHost(index)
      fixture.compare(plan.heads.values[index], head.layout, withDepth: index)
    }
  }

  /// The encoder alone, each of its five depths a head.
  private func network(_ name: String, _ fixture: ActivationFixture) throws -> Network {
    let encoder = try #require(Encoders.named(name))
    let size = Size(height: fixture.height, width: fixture.width)
    var net = NetworkBuilder(name: name, input: NetworkInput(channels: 3, size: size))
    let features = encoder.features(&net, outputStride: 32)
    let maps = ([features.full].compactMap { $0 } + features.stages).prefix(5)
    return net.build(
      logits: maps[0], others: maps.enumerated().dropFirst().map { ("depth\($0)", $1) })
  }
}
