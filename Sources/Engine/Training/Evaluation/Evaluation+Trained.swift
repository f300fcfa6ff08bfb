package import Datasets
package import Execution
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks

extension Evaluation {
  /// Judges a network that has been trained, as its own training would.
  ///
  /// - Parameters:
  ///   - data: what it is judged by, loaded for the task of the configuration.
  ///   - input: how the network was shown its training images.
  ///   - step: the step after which the weights were kept, with the steps of an epoch: losses have the
  ///     weights of that step.
  ///   - values: gives the trained values of each parameter and running statistic.
  /// - Throws: ``TrainingError``, also where a metric does not fit the task or a tensor is missing.
  package convenience init(
    _ configuration: TrainingConfiguration, on data: Dataset, input: TrainedInput,
    after step: (number: Int, perEpoch: Int),
    values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    try configuration.checkComponents()
    let classes = input.classes
    let device = try configuration.computation.makeDevice()
    let seen = NetworkInput(channels: data.channels, size: data.size)
    let predictor = try configuration.predictor(
      of: seen, classes: classes.count, batch: configuration.evaluation.batchSize, device: device)
    let state = try configuration.trainedState(
      of: seen, classes: classes.count, on: device, values: values)
    try self.init(
      predictor: predictor, task: configuration.task, settings: configuration.evaluation,
      data: data, classNames: classes, averagesLogits: configuration.readsSingleLogits,
      state: state, arena: device.allocate(bytes: predictor.arenaBytes)
    ) { try configuration.evaluationLosses($0, input.classStatistics) }
    weigh(step: max(0, step.number - 1), stepsPerEpoch: step.perEpoch)
  }
}
