import Engine
import Foundation

/// Everything about a plan that can be known, and go wrong, before a trial runs.
struct Preflight: Sendable {
  let plan: TrialPlan
  /// The folder of the records, where scenes that the program draws are kept.
  let results: String
  /// Of each worker.
  let threads: Int

  /// Reads every file of the data once and compiles every network that the sweep asks for.
  ///
  /// - Throws: ``DataError`` and ``TrainingError`` with what is wrong.
  func facts() throws -> PlanFacts {
    var inspections: [DataConfiguration: DataInspection] = [:]
    var costs: [CostKey: Cost] = [:]
    var facts = PlanFacts(plan)
    for trial in plan.trials {
      let data = trial.dataConfiguration(results: results)
      let inspection = try inspections[data] ?? inspect(data, of: trial)
      inspections[data] = inspection
      guard trial.spec.training.batchSize <= inspection.trainingSamples else {
        throw TrainingError.batchLargerThanData(
          batch: trial.spec.training.batchSize, samples: inspection.trainingSamples)
      }
      let key = CostKey(trial.spec, inspection)
      let cost = try costs[key] ?? cost(of: trial, inspection)
      costs[key] = cost
      facts.add(trial, data.classes, inspection, cost)
    }
    return facts
  }

  /// Draws the scenes that trials ask for, so that no two workers draw the same ones.
  func drawScenes() throws {
    for trial in plan.trials {
      guard case .generated(let scenes, let folder) = trial.dataConfiguration(results: results)
        .source
      else { continue }
      try scenes.write(to: folder)
    }
  }

  private func inspect(_ data: DataConfiguration, of trial: Trial) throws -> DataInspection {
    try SegmentationData.inspect(data, seed: trial.record.seed, thorough: true)
  }

  private func cost(of trial: Trial, _ inspection: DataInspection) throws -> Cost {
    let configuration = trial.trainingConfiguration(threads: threads)
    let shape = DataShape(
      trainingSize: inspection.size, validationSize: inspection.size,
      channels: inspection.channels,
      classes: trial.dataConfiguration(results: results).classes.count)
    let plans = try TrainingPlans(configuration, shape: shape)
    return Cost(
      parameters: plans.parameterCount, operations: plans.operationsPerImage,
      memory: plans.memoryBytes(configuration))
  }

  /// What a training costs.
  struct Cost: Sendable {
    let parameters: Int
    /// Multiplications and additions of one forward pass for one image.
    let operations: Int
    /// Bytes.
    let memory: Int
  }

  /// What decides the cost: trials that agree in it are compiled once.
  private struct CostKey: Hashable {
    let spec: [CanonicalJSON]
    let data: DataInspection

    init(_ spec: ExperimentSpec, _ data: DataInspection) {
      self.spec = [
        spec.template.canonical, spec.training.canonical, spec.evaluation.canonical,
        spec.augmentation.canonical, spec.solver.canonical,
      ]
      self.data = data
    }
  }
}
