@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

/// A training of seconds.
struct SmallTraining {
  var template = "unet"
  var solver = "ADAM"
  var seed: UInt64 = 1
  var batchSize = 3
  var duration = TrainingInterval.epochs(3)
  var every = TrainingInterval.epochs(1)
  var rate = 1e-2
  var augments = true
  var computation = Computation()
  var threads = 1
  var schedule: (name: String, fields: [String: FieldValue]) = ("poly", [:])
  /// Of U-Net.
  var batchNorm = true
  /// Made to the configuration at last.
  var change: (inout TrainingConfiguration) -> Void = { _ in }

  var configuration: TrainingConfiguration {
    get throws {
      let small: [String: FieldValue] = [
        "base_channels": .integer(4), "depth": .integer(2), "batch_norm": .boolean(batchNorm),
      ]
      func make<Member, Kind>(
        _ registry: Registry<Member>, _ name: String, _ written: [String: FieldValue] = [:]
      ) throws -> Kind {
        try #require(try registry.makeDefault(name, written) as? Kind)
      }
      var configuration = TrainingConfiguration(
        template: try make(.templates, template, template == "unet" ? small : [:]),
        losses: [.init(loss: try make(.losses, "cross_entropy"), weight: 1)],
        solver: try make(.solvers, solver), baseLearningRate: rate, weightDecay: 1e-4,
        schedule: try make(.schedules, schedule.name, schedule.fields),
        augmentations: augments
          ? [try make(.augmentations, "mirror"), try make(.augmentations, "rotate")] : [],
        duration: duration, batchSize: batchSize, evaluationBatchSize: 2, evaluateEvery: every,
        seed: seed, threads: threads, computation: computation)
      change(&configuration)
      return configuration
    }
  }
}

/// What of a round must repeat.
struct Round: Equatable {
  var step: Int
  var rate: Double
  var losses: [Double]
  var confusion: ConfusionMatrix
  var digests: [UInt64]

  init(_ report: RoundReport) {
    step = report.step
    rate = report.learningRate
    losses = [report.trainingLoss, report.validationLoss]
    confusion = report.confusion
    digests = report.digests
  }
}

struct TensorKey: Hashable {
  var role: StateTensor.Role
  var name: String
  init(_ role: StateTensor.Role, _ name: String) {
    self.role = role
    self.name = name
  }
}

func withScenes(train: Int = 8, _ body: (SegmentationData) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let scenes = GeneratedScenes(
      train: train, validation: 3, size: Size(height: 32, width: 40), classes: 3, seed: 1)
    try body(
      try SegmentationData.load(
        DataConfiguration(
          root: nil, source: .generated(scenes, folder: folder), classes: scenes.classNames,
          ignore: [], geometry: .original, channels: 3, normalization: .dataset), seed: 1))
  }
}

func record(_ settings: SmallTraining, _ data: SegmentationData) throws -> [Round] {
  try record(try TrainingLoop(settings.configuration, data: data))
}

/// The rounds of a training that goes on from a checkpoint.
func record(
  _ settings: SmallTraining, _ data: SegmentationData, from checkpoint: [TensorKey: [Float]],
  after round: Int
) throws -> [Round] {
  let loop = try TrainingLoop(settings.configuration, data: data)
  try loop.restore(round: round) { role, name in checkpoint[TensorKey(role, name)] }
  return try record(loop)
}

func record(_ loop: TrainingLoop) throws -> [Round] {
  var rounds: [Round] = []
  _ = try loop.run { event in
    if case .roundEnded(let report, _) = event { rounds.append(Round(report)) }
    return .proceed
  }
  return rounds
}

/// The state at the end of a round, as a record keeps it.
func checkpoint(
  _ settings: SmallTraining, _ data: SegmentationData, after round: Int
) throws -> [TensorKey: [Float]] {
  var values: [TensorKey: [Float]] = [:]
  _ = try TrainingLoop(settings.configuration, data: data).run { event in
    guard case .roundEnded(let report, let state) = event, report.round == round else {
      return .proceed
    }
    for tensor in state.tensors {
      values[TensorKey(tensor.role, tensor.name)] = Array(tensor.values)
    }
    return .stop
  }
  return values
}
