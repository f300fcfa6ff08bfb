package import Datasets
package import Execution
package import Groundwork
package import Learning
package import Networks
package import Tasks

/// Everything that decides a training besides its data: a value, built by whoever read the spec.
package struct TrainingConfiguration: Sendable {
  package var template: any Template
  package var losses: [WeightedLoss]
  package var solver: any Solver
  package var baseLearningRate: Double
  package var weightDecay: Double
  package var schedule: any Schedule
  /// In the order in which they are applied.
  package var augmentations: [any Augmentation]
  package var duration: TrainingInterval
  package var batchSize: Int
  package var evaluationBatchSize: Int
  package var evaluateEvery: TrainingInterval
  package var seed: UInt64
  package var threads: Int
  package var computation: Computation
  /// What precedes the schedule.
  package var warmup: Warmup?
  package var clipping = GradientClipping()
  package var parameterGroups = ParameterGroups()
  /// Batches whose gradients are averaged for one step.
  package var batchesPerStep = 1
  /// What is evaluated in place of the weights that are trained.
  package var averaging: WeightAveraging?
  package var evaluation = EvaluationSettings()
  /// What is predicted.
  package var task: any SegmentationTask = SemanticTask()

  package init(
    template: any Template, losses: [WeightedLoss], solver: any Solver, baseLearningRate: Double,
    weightDecay: Double, schedule: any Schedule, augmentations: [any Augmentation],
    duration: TrainingInterval, batchSize: Int, evaluationBatchSize: Int,
    evaluateEvery: TrainingInterval,
    seed: UInt64, threads: Int, computation: Computation
  ) {
    self.template = template
    self.losses = losses
    self.solver = solver
    self.baseLearningRate = baseLearningRate
    self.weightDecay = weightDecay
    self.schedule = schedule
    self.augmentations = augmentations
    self.duration = duration
    self.batchSize = batchSize
    self.evaluationBatchSize = evaluationBatchSize
    self.evaluateEvery = evaluateEvery
    self.seed = seed
    self.threads = threads
    self.computation = computation
  }

  /// Images that one step learns from.
  package var imagesPerStep: Int { batchSize * batchesPerStep }

  /// Whether training images may be mixtures of two samples, with the labels of both.
  var mixesLabels: Bool { augmentations.contains(where: \.mixesLabels) }

  /// - Throws: ``TrainingError`` where augmentations do not go together, or an augmentation or a metric
  ///   does not fit the task. Losses are checked when they are prepared.
  func checkComponents() throws(TrainingError) {
    if let (index, error) = AugmentationPipeline.problem(in: augmentations, task.reading) {
      throw .component(
        kind: "augmentation", name: type(of: augmentations[index]).name, error)
    }
    for metric in evaluation.metrics {
      do throws(ComponentError) {
        try task.truth(classes: 0).check(metric)
      } catch {
        throw .component(kind: "metric", name: type(of: metric).name, error)
      }
    }
  }

  /// - Throws: ``TrainingError`` where so many training images are too few for the settings.
  package func check(trainingSamples: Int) throws(TrainingError) {
    _ = try TrainingSchedule(self, trainingSamples: trainingSamples)
  }
}
