@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

/// A training that keeps to the calls of ``Device`` computes on the guarded device what it computes on
/// the portable one. An access to the memory in between would end the tests.
@Suite struct GuardedDeviceTests {
  /// What is trained, by name.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var solver = "SGD"
    let change: @Sendable (inout TrainingConfiguration) throws -> Void
  }

  private static func losses(_ names: [String]) throws -> [WeightedLoss] {
    try names.map {
      .init(loss: try #require(try Registry.losses.makeDefault($0) as? any Loss), weight: 1)
    }
  }

  private static func template(
    _ name: String, _ fields: [String: FieldValue]
  ) throws -> any Template {
    try #require(try Registry.templates.makeDefault(name, fields) as? any Template)
  }

  static let cases = [
    Case(testDescription: "unet") { _ in },
    Case(testDescription: "enet") { $0.template = try template("enet", [:]) },
    Case(testDescription: "losses of the device and of the host at one head", solver: "ADAM") {
      $0.losses = try losses(["dice", "cross_entropy", "lovasz_softmax"])
    },
    Case(testDescription: "two heads", solver: "AMSGRAD") {
      $0.template = try template("enet", ["edge_head": .boolean(true)])
      $0.losses = try losses(["edge", "cross_entropy", "edge_attention"])
    },
    Case(testDescription: "norms of gradients and of tensors", solver: "LAMB") {
      $0.optimization.clipping = GradientClipping(value: 0.5, norm: 1)
    },
    Case(testDescription: "two gradients a step", solver: "SAM") { _ in },
    Case(testDescription: "slow weights", solver: "RANGER") { $0.optimization.batchesPerStep = 2 },
    Case(testDescription: "a running average of the weights") {
      $0.optimization.averaging = .exponential(decay: 0.9, ramps: true)
    },
    Case(testDescription: "statistics that are estimated anew") {
      $0.optimization.averaging = .stochastic(
        from: .iterations(1), every: .iterations(1), updatesStatistics: true)
    },
    Case(testDescription: "mixed samples") {
      $0.augmentations.append(Mixup(.sample(Mixup.fields)))
    },
    Case(testDescription: "activations that are computed again") {
      $0.computation.recomputes = true
    },
    Case(testDescription: "test-time augmentation") {
      $0.losses = try losses(["cross_entropy", "bce"])
      $0.evaluation.testTimeAugmentation = TestTimeAugmentation(mirror: .both, scales: [1, 1.5])
    },
  ]

  private func settings(_ test: Case, on device: DeviceKind) throws -> SmallTraining {
    var changed = try SmallTraining(solver: test.solver, computation: Computation(device: device))
      .configuration
    changed.duration = .epochs(2)
    try test.change(&changed)
    let configuration = changed
    return SmallTraining { $0 = configuration }
  }

  @Test("it trains to the same bytes as the portable device", arguments: cases)
  func trains(test: Case) throws {
    try withScenes { data in
      let portable = try record(settings(test, on: .openblas), data)
      #expect(try record(settings(test, on: .guarded), data) == portable)
      #expect(portable.count == 2)
    }
  }

  @Test("a training that is continued there ends in the same bytes", arguments: cases.prefix(4))
  func continues(test: Case) throws {
    try withScenes { data in
      let settings = try settings(test, on: .guarded)
      let straight = try record(settings, data)
      let checkpoint = try checkpoint(settings, data, after: 1)
      #expect(
        try record(settings, data, from: checkpoint) == Array(straight.dropFirst()))
    }
  }

  @Test("what was trained predicts the same there")
  func predicts() throws {
    try withScenes { data in
      let test = Self.cases[0]
      let checkpoint = try checkpoint(settings(test, on: .guarded), data, after: 2)
      let predictions = try [DeviceKind.guarded, .openblas].map { device in
        try Predictor(
          settings(test, on: device).configuration, extent: data.validation.extent,
          channels: data.validation.channels, classes: data.classes.count,
          normalizer: data.train.normalizer
        ) { checkpoint[TensorKey($0, $1)] }.predict(data.validation.sample(0))
      }
      #expect(predictions[0] == predictions[1])
      #expect(Set(predictions[0]).count > 1)
    }
  }

  @Test("its memory is closed to the host, and open to its own calls")
  func closed() {
    let memory = ProtectedMemory(bytes: 100)
    #expect(!memory.isReadable)
    memory.open()
    #expect(memory.isReadable)
    memory.close()
    #expect(!memory.isReadable)
    var (written, read) = ([1, 2, 3] as [Float], [0, 0] as [Float])
    memory.upload(&written, bytes: 12, to: 64)
    memory.download(&read, bytes: 8, from: 68)
    #expect(read == [2, 3])
    #expect(!memory.isReadable)
  }
}
