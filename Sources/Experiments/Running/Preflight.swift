import Engine
import Foundation

/// Everything about a plan that can be known, and go wrong, before a trial runs.
struct Preflight: Sendable {
  let plan: TrialPlan
  /// The folder of the records, where scenes that the program draws are kept.
  let results: String

  /// Reads every file of the data once.
  ///
  /// - Returns: what each trial's data is, in the order of the plan.
  /// - Throws: ``DataError`` and ``TrainingError`` with what is wrong.
  func inspectData() throws -> [DataInspection] {
    var inspections: [DataConfiguration: DataInspection] = [:]
    return try plan.trials.map { trial in
      let data = trial.dataConfiguration(results: results)
      let first = data.withFirstFold
      let looked = try inspections[first] ?? inspect(first, of: trial)
      inspections[first] = looked
      let inspection = looked.inFold(of: data)
      try placed(trial) {
        try trial.trainingConfiguration(threads: 1)
          .check(trainingSamples: inspection.samplesPerEpoch)
      }
      return inspection
    }
  }

  /// Compiles every network that the sweep asks for.
  ///
  /// - Parameters:
  ///   - inspections: of ``inspectData()``.
  ///   - threads: of each worker.
  func facts(_ inspections: [DataInspection], threads: Int) throws -> PlanFacts {
    var costs: [CostKey: Cost] = [:]
    var facts = PlanFacts(plan)
    // What is measured here the workers find known, so that all of them choose alike.
    let known = AlgorithmCache.standard.load()
    var algorithms: [String: ConvolutionAlgorithm] = [:]
    defer { AlgorithmCache.standard.add(algorithms) }
    for (trial, inspection) in zip(plan.trials, inspections) {
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

  private func inspect(_ data: DataConfiguration, of trial: Trial) throws -> DataInspection {
    try SegmentationData.inspect(data, seed: trial.record.seed, thorough: true)
  }

  private func cost(
    of trial: Trial, _ inspection: DataInspection, threads: Int,
    known: [String: ConvolutionAlgorithm]
  ) throws -> Cost {
    var configuration = trial.trainingConfiguration(threads: threads)
    configuration.computation.knownAlgorithms = known
    let shape = DataShape(
      trainingSize: inspection.size, validationSize: inspection.size,
      stitchedSize: inspection.stitchedSize, channels: inspection.channels,
      classes: trial.dataConfiguration(results: results).classes.count)
    let plans = try placed(trial) { try TrainingPlans(configuration, shape: shape) }
    return Cost(
      parameters: plans.parameterCount, operations: plans.operationsPerImage,
      evaluationOperations: plans.operationsPerEvaluation, views: plans.viewsPerEvaluation,
      algorithms: configuration.computation.determinism == .portable ? [:] : plans.algorithms,
      memory: TrialMemory(
        tensors: plans.memoryBytes(configuration),
        images: TrialMemory.keptImages(
          of: inspection,
          limit: trial.spec.limits.cacheMemory ?? LimitsSection.standardCacheMemory),
        passing: plans.passingBytes(configuration)))
  }

  /// An error that is about a value of the spec is said at its place.
  private func placed<Value>(_ trial: Trial, _ work: () throws -> Value) throws -> Value {
    do { return try work() } catch let error as TrainingError {
      guard let path = error.path else { throw error }
      throw SpecErrors([
        SpecDiagnostic(
          error.description, at: plan.places[SpecPath(components: path), trial])
      ])
    }
  }

  /// What a training costs.
  struct Cost: Sendable {
    let parameters: Int
    /// Multiplications and additions of one forward pass for one image.
    let operations: Int
    /// Those for one validation image, all of its views.
    let evaluationOperations: Int
    let views: Int
    let algorithms: [String: ConvolutionAlgorithm]
    let memory: TrialMemory
  }

  /// What decides the cost: trials that agree in it are compiled once.
  private struct CostKey: Hashable {
    let spec: [CanonicalJSON]
    let data: DataInspection

    init(_ spec: ExperimentSpec, _ data: DataInspection) {
      self.spec = [
        spec.template.canonical, spec.training.resolved, spec.evaluation.canonical,
        spec.augmentation.canonical, spec.solver.canonical, .boolean(spec.averagesSingleLogits),
      ]
      self.data = data
    }
  }
}

extension ExperimentSpec {
  /// Whether the means of what views say are kept of single logits too.
  fileprivate var averagesSingleLogits: Bool {
    evaluation.testTimeAugmentation != .none
      && losses.terms.contains { type(of: $0.loss).readsSingleLogits }
  }
}

extension DataConfiguration {
  /// Folds share their files, which are read once for all of them; how many patches they are cut
  /// into, and which of these train, is another matter for each.
  fileprivate var withFirstFold: DataConfiguration {
    guard case .lists(let train, .fold(_, let folds)) = source, !isCut else { return self }
    var first = self
    first.source = .lists(train: train, validation: .fold(1, of: folds))
    return first
  }

  /// Whether a sample is a part of an image.
  fileprivate var isCut: Bool { if case .patches = geometry { true } else { false } }
}

extension DataInspection {
  fileprivate func inFold(of data: DataConfiguration) -> DataInspection {
    guard case .lists(_, .fold(let fold, let folds)) = data.source, !data.isCut else {
      return self
    }
    return of(fold: fold, of: folds)
  }
}
