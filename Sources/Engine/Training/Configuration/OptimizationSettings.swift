package import Learning

/// How gradients change the weights, step after step.
package struct OptimizationSettings: Sendable {
  package var solver: any Solver
  /// The learning rate that the schedule starts from.
  package var baseLearningRate: Double
  package var weightDecay: Double
  package var schedule: any Schedule
  /// What precedes the schedule.
  package var warmup: Warmup?
  package var clipping = GradientClipping()
  package var parameterGroups = ParameterGroups()
  /// Batches whose gradients are averaged for one step.
  package var batchesPerStep = 1
  /// What is evaluated in place of the weights that are trained.
  package var averaging: WeightAveraging?

  package init(
    solver: any Solver, baseLearningRate: Double, weightDecay: Double, schedule: any Schedule
  ) {
    self.solver = solver
    self.baseLearningRate = baseLearningRate
    self.weightDecay = weightDecay
    self.schedule = schedule
  }
}
