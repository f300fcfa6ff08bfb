package import Datasets
package import Execution
package import Groundwork
package import Learning
package import Networks
package import Tasks

/// Everything that decides a training besides its data: a value, built by whoever read the spec.
package struct TrainingConfiguration: Sendable {
  /// What is predicted.
  package var task: any SegmentationTask
  package var template: any Template
  package var losses: [WeightedLoss]
  package var optimization: OptimizationSettings
  package var evaluation: EvaluationSettings
  /// In the order in which they are applied.
  package var augmentations: [any Augmentation]
  package var duration: TrainingInterval
  /// What may end the training before its duration has passed.
  package var earlyStopping: EarlyStopping?
  /// How predictions of the training images become their labels; `nil` where labels stay as they are.
  package var relabel: RelabelSettings?
  /// Images of a training batch.
  package var batchSize: Int
  package var seed: UInt64
  package var threads: Int
  package var computation: Computation
  /// What is said of the template's network besides.
  package var settings = NetworkSettings()
  /// Where the first weights come from; `nil` where they are drawn.
  package var weights: (any WeightSource)?

  package init(
    task: any SegmentationTask = SemanticTask(), template: any Template, losses: [WeightedLoss],
    optimization: OptimizationSettings, evaluation: EvaluationSettings,
    augmentations: [any Augmentation] = [], duration: TrainingInterval, batchSize: Int,
    seed: UInt64, threads: Int, computation: Computation
  ) {
    self.task = task
    self.template = template
    self.losses = losses
    self.optimization = optimization
    self.evaluation = evaluation
    self.augmentations = augmentations
    self.duration = duration
    self.batchSize = batchSize
    self.seed = seed
    self.threads = threads
    self.computation = computation
  }

  /// Images that one step learns from.
  package var imagesPerStep: Int { batchSize * optimization.batchesPerStep }

  /// True where training images may be mixed from two samples, with the labels of both.
  var mixesLabels: Bool { augmentations.contains(where: \.mixesLabels) }

  /// - Throws: ``TrainingError`` where augmentations do not go together, or an augmentation or a metric
  ///   does not fit the task. Losses are checked when they are prepared.
  func checkComponents() throws(TrainingError) {
    if let (index, error) = AugmentationPipeline.problem(in: augmentations, task.reading) {
      throw .component(
        kind: "augmentation", name: type(of: augmentations[index]).name, error)
    }
    do throws(ComponentError) {
      try task.check(
        template: type(of: template).name, findsObjects: type(of: template).findsObjects,
        readsPoints: type(of: template).readsPoints)
    } catch {
      throw .component(kind: "template", name: type(of: template).name, error)
    }
    for metric in evaluation.metrics {
      do throws(ComponentError) {
        try task.truth(classes: 0).check(metric)
      } catch {
        throw .component(kind: "metric", name: type(of: metric).name, error)
      }
    }
    for step in evaluation.postprocessing {
      do throws(ComponentError) {
        try task.truth(classes: 0).check(step)
      } catch {
        throw .component(kind: "postprocessing", name: type(of: step).name, error)
      }
    }
  }

  /// - Throws: ``TrainingError`` where so many training images are too few for the settings.
  package func check(trainingSamples: Int) throws(TrainingError) {
    _ = try TrainingSchedule(self, trainingSamples: trainingSamples)
  }
}
