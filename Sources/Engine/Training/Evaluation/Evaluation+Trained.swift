package import Datasets
internal import Groundwork
internal import Learning
internal import Networks

extension Evaluation {
  /// Judges networks that have been trained, as the training of the first would judge it: one network, or
  /// several together.
  ///
  /// - Parameters:
  ///   - data: what they are judged by, loaded for the task of the first, with its normalizer.
  ///   - step: the step after which the weights were kept, with the steps of an epoch: losses have the
  ///     weights of that step.
  /// - Throws: ``TrainingError``, also where a metric does not fit the task, a tensor is missing, or the
  ///   networks do not go together.
  package convenience init(
    _ networks: TrainedNetworks, on data: Dataset, after step: (number: Int, perEpoch: Int)
  ) throws {
    let (configuration, input) = (networks.first.configuration, networks.first.input)
    try configuration.checkComponents()
    let predictor = try networks.predictor(of: data.extent)
    var settings = configuration.evaluation
    // They are of the training.
    settings.previews = nil
    try self.init(
      predictor: predictor, task: configuration.task, settings: settings,
      data: data, classNames: input.classes, averagesLogits: configuration.readsSingleLogits
    ) { try configuration.evaluationLosses($0, input.classStatistics) }
    weigh(step: max(0, step.number - 1), stepsPerEpoch: step.perEpoch)
  }
}
