internal import Datasets
internal import Learning
internal import Networks
internal import Training

/// The spec in the engine's words.
extension ExperimentSpec {
  /// - Parameter generatedFolder: where scenes that the program draws are kept, unless `data.root`
  ///   says so.
  func dataConfiguration(generatedFolder: String) -> DataConfiguration {
    let root = data.root.map { Path.absolute($0, in: folder) }
    let listFolder = root ?? folder
    let source: DataConfiguration.Source =
      switch data.source {
      case .lists(let train, let validation):
        .lists(
          train: train.absolute(in: listFolder),
          validation: validation.absolute(in: listFolder))
      case .generated(let scenes): .generated(scenes, folder: root ?? generatedFolder)
      }
    var configuration = DataConfiguration(
      root: root, source: source, classes: data.classNames, ignore: Set(data.ignore),
      geometry: data.geometry, stack: data.stack, normalization: data.normalization)
    configuration.sampling = data.sampling
    configuration.heldOut = data.test?.absolute(in: listFolder)
    configuration.groups =
      if case .file(let path) = data.groups { .file(Path.absolute(path, in: listFolder)) } else {
        data.groups
      }
    configuration.range = data.range
    configuration.resizing = data.resizing
    configuration.noData = data.noData
    configuration.maskMeaning = data.maskMeaning
    configuration.reading = task.reading
    configuration.regions = data.roi.map { Path.absolute($0, in: listFolder) }
    return configuration
  }

  func trainingConfiguration(threads: Int) -> TrainingConfiguration {
    var optimization = OptimizationSettings(
      solver: solver.solver, baseLearningRate: solver.baseLearningRate,
      weightDecay: solver.weightDecay, schedule: solver.schedule)
    optimization.warmup = solver.warmup
    optimization.clipping = solver.clipping
    optimization.parameterGroups = solver.parameterGroups
    optimization.parameterGroups.groups += weights?.parameterGroups ?? []
    optimization.batchesPerStep = solver.iterSize
    optimization.averaging = solver.averaging
    var configuration = TrainingConfiguration(
      task: task, template: template.template, losses: weightedLosses,
      optimization: optimization, evaluation: evaluation.settings,
      augmentations: augmentation.steps.map(\.augmentation), duration: training.duration,
      batchSize: training.batchSize, seed: UInt64(seed), threads: threads,
      computation: training.computation)
    configuration.evaluation.previews?.unlabelled = unlabelledPreviews
    configuration.earlyStopping = training.earlyStopping
    configuration.relabel = training.relabel?.settings
    configuration.weights = pretrainedWeights
    configuration.settings = NetworkSettings(
      initialization: template.initialization.flatMap(WeightInitialization.init(named:)),
      frozenNorms: training.frozenNorms)
    return configuration
  }

  /// The paths of images without labels that are looked at.
  private var unlabelledPreviews: [String] {
    let root = data.root.map { Path.absolute($0, in: folder) } ?? folder
    return (evaluation.previews?.unlabelled ?? []).map { Path.absolute($0, in: root) }
  }

  /// What the network begins with; `nil` where that is drawn.
  var pretrainedWeights: PretrainedWeights? {
    weights.map {
      PretrainedWeights(
        path: $0.path(in: folder), name: $0.name, expectedDigest: $0.sha256, rules: $0.rules)
    }
  }
}

extension ExperimentSpec {
  /// The losses that the spec writes, and those on the logits once more on the template's auxiliary head,
  /// unless they are written for it.
  private var weightedLosses: [WeightedLoss] {
    let written = losses.terms.map(\.weighted)
    guard template.auxiliaryWeight > 0 else { return written }
    let names = Set(written.map(\.name))
    let auxiliary = written.filter { $0.head.name == Head.logits }.map {
      WeightedLoss(
        loss: $0.loss, weight: $0.weight.scaled(by: template.auxiliaryWeight),
        head: AuxiliaryHead.name)
    }
    return written + auxiliary.filter { !names.contains($0.name) }
  }
}

extension DataSection.Validation {
  /// - Precondition: where there are folds, one of them has been chosen.
  fileprivate func absolute(in folder: String) -> DataConfiguration.Validation {
    switch self {
    case .list(let sets): .list(sets.absolute(in: folder))
    case .fraction(let fraction): .fraction(fraction)
    case .folds(let folds, let fold?): .fold(fold, of: folds)
    case .folds(_, nil): preconditionFailure("a trial validates on one fold")
    }
  }
}
