internal import Datasets
internal import Execution
import Foundation
internal import Groundwork
internal import Learning
internal import Networks
internal import Training

/// Everything about a plan that can be known, and go wrong, before a trial runs.
struct Preflight: Sendable {
  let inspected: InspectedPlan
  /// The folder of the records, where scenes that the program draws are kept.
  let results: String

  var plan: TrialPlan { inspected.plan }

  /// Checks that each trial's data is enough to train on.
  ///
  /// - Throws: ``SpecErrors`` and ``TrainingError`` where it is not.
  func checkTrainings() throws {
    for (trial, inspection) in zip(plan.trials, inspected.inspections) {
      try placed(trial) {
        try trial.trainingConfiguration(threads: 1)
          .check(trainingSamples: inspection.samplesPerEpoch)
      }
    }
    try checkTestSets()
    let previews = plan.trials.map {
      PreviewedData(
        previews: $0.trainingConfiguration(threads: 1).evaluation.previews,
        stack: $0.spec.data.stack)
    }
    for previewed in Set(previews) {
      _ = try previewed.previews?.unlabelledImages(previewed.stack)
    }
  }

  /// What is judged later is looked at as far as that is cheap.
  private func checkTestSets() throws {
    var known: Set<JudgedSets> = []
    var diagnostics = DataDiagnostics()
    for trial in plan.trials {
      guard let test = trial.testSets, known.insert(test).inserted else { continue }
      for set in test.sets {
        do throws(DataError) {
          try JudgedData.check(list: set.sources, trial.dataConfiguration(results: results))
        } catch {
          let key = "test" + (set.name.map { ".\($0)" } ?? "")
          diagnostics.add(error.inside(key), of: trial, in: plan)
        }
      }
    }
    if !diagnostics.isEmpty { throw diagnostics }
  }

  /// Compiles every network that the sweep asks for.
  ///
  /// - Parameter threads: the number of threads of each worker.
  func facts(threads: Int) throws -> PlanFacts {
    var costs: [CostKey: Cost] = [:]
    var facts = PlanFacts(plan)
    // What is measured here the workers find known, so that all of them choose alike.
    let known = AlgorithmCache.standard.load()
    var algorithms: [String: String] = [:]
    defer { AlgorithmCache.standard.add(algorithms) }
    for (trial, inspection) in zip(plan.trials, inspected.inspections) {
      let key = CostKey(trial.spec, inspection)
      let cost =
        try costs[key]
        ?? cost(of: trial, inspection, threads: threads, known: known.merging(algorithms) { $1 })
      algorithms.merge(cost.algorithms) { $1 }
      costs[key] = cost
      facts.add(
        trial, trial.dataConfiguration(results: results).classes, inspection, cost)
    }
    return facts
  }

  /// Draws the scenes that trials ask for, so that no two workers draw the same ones.
  func drawScenes() throws {
    for trial in plan.trials {
      guard
        case .generated(let scenes, let folder) = trial.dataConfiguration(results: results)
          .source
      else { continue }
      try scenes.write(to: folder)
    }
  }

  private func cost(
    of trial: Trial, _ inspection: DataInspection, threads: Int,
    known: [String: String]
  ) throws -> Cost {
    var configuration = trial.trainingConfiguration(threads: threads)
    configuration.computation.knownAlgorithms = known
    let shape = DataShape(
      trainingExtent: inspection.extent, validationExtent: inspection.extent,
      stitchedSize: inspection.stitchedSize, channels: inspection.channels,
      classes: trial.dataConfiguration(results: results).classes.count)
    let plans = try placed(trial) { try TrainingPlans(configuration, shape: shape) }
    let network = plans.training.network
    let weights = try placed(trial) {
      try configuration.weights?.initialWeights(for: network, of: configuration.template)
    }
    let limit = trial.spec.limits.keptImages
    return Cost(
      weights: weights.map { .init(taken: $0.count, of: network) },
      parameters: plans.parameterCount, flops: plans.flopsPerImage,
      evaluationFlops: plans.flopsPerEvaluation, transforms: plans.transformsPerEvaluation,
      algorithms: configuration.computation.determinism == .portable ? [:] : plans.algorithms,
      memory: TrialMemory(
        tensors: plans.memoryBytes(configuration, ranks: trial.spec.limits.ranks ?? 1),
        images: inspection.keptBytes(limit: limit)
          + (configuration.relabel == nil ? 0 : inspection.relabelledBytes),
        passing: plans.passingBytes(configuration) + inspection.chunkBytes
          + inspection.listBytes
          + inspection.decodingBytes(limit: limit, threads: Loader.standardThreads)))
  }

  /// An error that is about a value of the spec is said at its place.
  private func placed<Value>(_ trial: Trial, _ work: () throws -> Value) throws -> Value {
    do { return try work() } catch let error as TrainingError {
      guard let path = error.path else { throw error }
      throw SpecErrors([
        SpecDiagnostic(
          DiagnosticCode(error), error.description,
          at: plan.places[SpecPath(components: path), trial])
      ])
    }
  }

  /// What a training costs.
  struct Cost: Sendable {
    /// What of the network begins with pretrained weights; `nil` where there are none.
    let weights: Pretrained?
    let parameters: Int
    /// FLOPs of one forward pass for one image.
    let flops: Int
    /// Those for one validation image, all of its transforms.
    let evaluationFlops: Int
    let transforms: Int
    let algorithms: [String: String]
    let memory: TrialMemory

    /// Of a network's tensors, statistics included.
    struct Pretrained: Sendable {
      let taken: Int
      let total: Int

      init(taken: Int, of network: Network) {
        self.taken = taken
        total = network.parameters.count + network.statistics.count
      }
    }
  }

  private struct PreviewedData: Hashable {
    let previews: PreviewSelection?
    let stack: ImageStack
  }

  /// What decides the cost: trials that agree in it are compiled once.
  private struct CostKey: Hashable {
    let spec: [CanonicalJSON]
    let weights: WeightsSection?
    let solver: SolverMemory
    let samples: [Int]
    let extent: SpatialExtent
    let stitchedSize: Size?
    let channels: Int

    init(_ spec: ExperimentSpec, _ data: DataInspection) {
      self.spec = [
        spec.template.canonical, spec.training.canonical,
        spec.evaluation.written(for: .identity(isSteered: true)),
        spec.augmentation.canonical, .boolean(spec.averagesSingleLogits),
      ]
      weights = spec.weights
      solver = SolverMemory(spec.solver)
      samples = [data.trainingSamples, data.validationSamples, data.samplesPerEpoch]
      (extent, stitchedSize, channels) = (data.extent, data.stitchedSize, data.channels)
    }
  }
}

/// What a solver keeps besides the parameters: rates and decays cost nothing.
private struct SolverMemory: Hashable {
  let stateNames: [String]
  let ascends: Bool
  let averages: Bool
  let accumulates: Bool

  init(_ section: SolverSection) {
    stateNames = section.solver.stateNames
    ascends = section.solver.ascent != nil
    averages = section.averaging != nil
    accumulates = section.iterSize > 1
  }
}

extension ExperimentSpec {
  /// True where the mean over the transforms of an image is kept of single logits too.
  fileprivate var averagesSingleLogits: Bool {
    evaluation.testTimeAugmentation != .none
      && losses.terms.contains { type(of: $0.loss).readsSingleLogits }
  }
}
