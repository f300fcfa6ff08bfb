@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
import Measurements
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
  /// Of templates that can do without.
  var batchNorm = true
  /// Made to the configuration at last.
  var change: (inout TrainingConfiguration) -> Void = { _ in }

  var configuration: TrainingConfiguration {
    get throws {
      let small: [String: FieldValue] = [
        "base_channels": .integer(4), "depth": .integer(2),
        "norm": .name(batchNorm ? "batch" : "none"),
      ]
      let declared = try #require(Registry.templates.find(template)).fields.map(\.name)
      func make<Member, Kind>(
        _ registry: Registry<Member>, _ name: String, _ written: [String: FieldValue] = [:]
      ) throws -> Kind {
        try #require(try registry.makeDefault(name, written) as? Kind)
      }
      var configuration = TrainingConfiguration(
        template: try make(.templates, template, small.filter { declared.contains($0.key) }),
        losses: [.init(loss: try make(.losses, "cross_entropy"), weight: 1)],
        optimization: OptimizationSettings(
          solver: try make(.solvers, solver), baseLearningRate: rate, weightDecay: 1e-4,
          schedule: try make(.schedules, schedule.name, schedule.fields)),
        evaluation: EvaluationSettings(every: every, batchSize: 2),
        augmentations: augments
          ? [try make(.augmentations, "mirror"), try make(.augmentations, "rotate")] : [],
        duration: duration, batchSize: batchSize, seed: seed, threads: threads,
        computation: computation)
      change(&configuration)
      return configuration
    }
  }
}

/// What of an evaluation must repeat.
struct RepeatedEvaluation: Equatable {
  var step: Int
  var rate: Double
  var losses: [Double]
  var confusion: MeasuredValues?
  var digests: [UInt64]

  init(_ report: EvaluationReport) {
    step = report.step
    rate = report.learningRate
    losses = [report.trainingLoss, report.validationLoss]
    confusion = report.measurements[ConfusionMatrix.seriesName]?.values
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

func record(_ settings: SmallTraining, _ data: SegmentationData) throws -> [RepeatedEvaluation] {
  try record(try TrainingLoop(settings.configuration, data: data))
}

/// The evaluations of a training that goes on from a checkpoint.
func record(
  _ settings: SmallTraining, _ data: SegmentationData, from checkpoint: KeptState
) throws -> [RepeatedEvaluation] {
  let loop = try TrainingLoop(settings.configuration, data: data)
  try loop.restore(step: checkpoint.step) { role, name in checkpoint[TensorKey(role, name)] }
  return try record(loop)
}

func record(_ loop: TrainingLoop) throws -> [RepeatedEvaluation] {
  var evaluations: [RepeatedEvaluation] = []
  _ = try loop.run { event in
    if case .evaluationEnded(let report, _) = event {
      evaluations.append(RepeatedEvaluation(report))
    }
    return .proceed
  }
  return evaluations
}

/// A training state as a record keeps it.
struct KeptState {
  var step = 0
  var values: [TensorKey: [Float]] = [:]
  var interval: IntervalProgress?

  init() {}

  init(_ state: TrainingState) {
    (step, interval) = (state.step, state.interval)
    for tensor in state.tensors {
      values[TensorKey(tensor.role, tensor.name)] = Array(tensor.values)
    }
  }

  subscript(key: TensorKey) -> [Float]? { values[key] }
}

/// The state after an evaluation, 1 for the first.
func checkpoint(
  _ settings: SmallTraining, _ data: SegmentationData, after number: Int
) throws -> KeptState {
  var kept = KeptState()
  var evaluations = 0
  _ = try TrainingLoop(settings.configuration, data: data).run { event in
    guard case .evaluationEnded(_, let state) = event else { return .proceed }
    evaluations += 1
    guard evaluations == number else { return .proceed }
    kept = KeptState(state)
    return .stop
  }
  return kept
}
