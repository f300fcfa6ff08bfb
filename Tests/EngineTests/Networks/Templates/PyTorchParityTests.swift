@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

/// One training step and the evaluation after it, against PyTorch in double precision.
@Suite struct PyTorchParityTests {
  /// Largest difference that is allowed, relative to the largest value of the tensor.
  private static let tolerance: Float = 1e-4

  struct Case: Sendable, CustomTestStringConvertible {
    let fixture: String
    let template: String
    var fields: [String: FieldValue] = [:]
    var testDescription: String { fixture }
  }

  static let cases = [
    Case(fixture: "unet", template: "unet", fields: small(norm: "none")),
    Case(fixture: "unet-batch-norm", template: "unet", fields: small(norm: "batch")),
    Case(fixture: "enet", template: "enet"),
  ]

  private static func small(norm: String) -> [String: FieldValue] {
    ["base_channels": .integer(4), "depth": .integer(2), "norm": .name(norm)]
  }

  @Test(
    "logits, loss, gradients and running statistics are PyTorch's",
    arguments: cases, DevicesUnderTest.native)
  func parity(test: Case, target: DeviceUnderTest) throws {
    let template = try makeTemplate(test.template, test.fields)
    let fixture = try Fixture.load(test.fixture)
    let images = try fixture["input"]
    let network = try network(template, for: images.shape)
    let state = NetworkState(network, seed: 1, on: target.device)
    try fill(state, from: fixture)

    let plan = try ExecutionPlan(
      network, batch: images.shape[0], purpose: .training, device: target.device, threads: 2)
    plan.allocate(state)
    plan.load(images.values)
    plan.forward()
    compare(plan.plainLogits, try fixture["logits"].values, "logits")

    let pixels = network.input.size.height * network.input.size.width * images.shape[0]
    let loss = try CrossEntropy(FieldValues([:], of: CrossEntropy.fields)).makeKernel(
      for: LossContext(
        heads: plan.headLayouts,
        statistics: ClassStatistics(
          pixels: [1, 1, 1], pixelsOfImagesWithClass: [UInt64(pixels), 1, 1]), threads: 2))
    let value = try fixture.labels.withUnsafeBufferPointer {
      loss.evaluate(
        LossInput(logits: plan.heads.values[0], labels: $0.baseAddress!), weight: 1,
        gradients: LossGradients(logits: plan.heads.gradients[0])
      ).mean
    }
    #expect(abs(value - (fixture.manifest.scalars["loss"] ?? .nan)) < 1e-5)

    plan.backward()
    plan.parameterGradients.download()
    state.statistics.download()
    for (index, entry) in plan.parameterGradients.entries.enumerated() {
      try compareGradient(Array(plan.parameterGradients[index]), entry.name, fixture)
    }
    for (index, entry) in state.statistics.entries.enumerated() {
      compare(Array(state.statistics[index]), try fixture[entry.name].values, entry.name)
    }

    let evaluation = try ExecutionPlan(
      network, batch: images.shape[0], purpose: .prediction, device: target.device, threads: 2)
    evaluation.allocate(state)
    evaluation.load(images.values)
    evaluation.forward()
    compare(
      evaluation.plainLogits, try fixture["evaluation.logits"].values, "evaluation.logits")
  }

  /// The template's network for three classes, dropout off as in the fixtures.
  private func network(_ template: any Template, for shape: [Int]) throws -> Network {
    var network = try template.network(
      input: NetworkInput(channels: shape[1], size: Size(height: shape[2], width: shape[3])),
      classes: 3)
    for index in network.nodes.indices {
      if case .spatialDropout = network.nodes[index].operation {
        network.nodes[index].operation = .spatialDropout(SpatialDropout(rate: 0))
      }
    }
    return network
  }

  /// Parameters from the fixture's tensors, or from its formula where it holds samples only.
  private func fill(_ state: NetworkState, from fixture: Fixture) throws {
    let computed = Dictionary(uniqueKeysWithValues: fixture.enetParameters())
    for (index, entry) in state.parameters.entries.enumerated() {
      let tensor = try computed[entry.name] ?? fixture[entry.name]
      #expect(tensor.shape == entry.shape, "\(entry.name)")
      _ = state.parameters[index].update(fromContentsOf: tensor.values)
    }
    state.parameters.upload()
  }

  private func compareGradient(_ gradient: [Float], _ name: String, _ fixture: Fixture) throws {
    guard let sample = fixture.manifest.sampledGradients.first(where: { $0.name == name }) else {
      compare(gradient, try fixture["gradient.\(name)"].values, "gradient of \(name)")
      return
    }
    // Entries of a gradient that is zero but for rounding are compared with a unit of their own.
    let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    let scale = max(sample.norm, 1e-2)
    #expect(abs(norm - sample.norm) <= 1e-4 * scale, "norm of the gradient of \(name)")
    for (index, value) in zip(sample.indices, sample.values) {
      #expect(abs(Double(gradient[index]) - value) <= 1e-4 * scale, "gradient of \(name)[\(index)]")
    }
  }

  private func compare(_ values: [Float], _ reference: [Float], _ name: String) {
    #expect(values.count == reference.count, "\(name)")
    let scale = max(reference.reduce(0) { max($0, abs($1)) }, 1e-3)
    let difference = zip(values, reference).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(difference <= Self.tolerance * scale, "\(name): off by \(difference) of \(scale)")
  }
}

extension ExecutionPlan {
  /// `[N, K, H, W]`, whatever layout the device chose.
  var plainLogits: [Float] {
    heads.bringToHost(0)
    return Self.plain(heads.values[0], logitsLayout)
  }

  /// The values of a head, whatever layout the device chose.
  static func plain(_ values: UnsafePointer<Float>, _ layout: TensorLayout) -> [Float] {
    let shape = layout.shape
    var plain: [Float] = []
    for n in 0..<shape.batch {
      for c in 0..<shape.channels {
        let block = (n * layout.blocks + c / layout.block) * shape.area
        plain += (0..<shape.area).map {
          values[(block + $0) * layout.block + c % layout.block]
        }
      }
    }
    return plain
  }
}
