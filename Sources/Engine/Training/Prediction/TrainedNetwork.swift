package import Datasets
package import Execution
internal import Groundwork
internal import Networks

/// A network that was trained: all that it takes to ask it about images.
package struct TrainedNetwork {
  /// How it was trained, and how it is evaluated.
  package let configuration: TrainingConfiguration
  /// How it was shown its training images.
  package let input: TrainedInput
  /// Gives the trained values of each parameter and running statistic.
  package let values: (StateTensor.Role, String) throws -> [Float]?

  package init(
    _ configuration: TrainingConfiguration, input: TrainedInput,
    values: @escaping (StateTensor.Role, String) throws -> [Float]?
  ) {
    (self.configuration, self.input, self.values) = (configuration, input, values)
  }

  /// The network with its values, or what it says of the transforms of its test-time augmentation,
  /// planned for batches of the configuration's evaluations.
  ///
  /// - Throws: ``TrainingError`` where the network cannot see samples of that extent, or a tensor is missing.
  func predictor(of extent: SpatialExtent) throws -> any BatchPredictor {
    let classes = input.classes.count
    let seen = NetworkInput(channels: input.normalizer.mean.count, extent: extent)
    let device = try configuration.computation.makeDevice()
    let predictor = try configuration.predictor(
      of: seen, classes: classes, batch: configuration.evaluation.batchSize, device: device)
    let state = try configuration.trainedState(
      of: seen, classes: classes, on: device, values: values)
    predictor.allocate(state, in: device.allocate(bytes: predictor.arenaBytes))
    return predictor
  }
}

/// One trained network, or several whose predictions are averaged.
package struct TrainedNetworks {
  package let first: TrainedNetwork
  private let others: [TrainedNetwork]

  package init(_ network: TrainedNetwork) { (first, others) = (network, []) }

  /// - Precondition: the names of the classes, the channels and the depth of the images are the same for
  ///   all, and so are the task and the settings of evaluations but for their metrics.
  package init(first: TrainedNetwork, others: [TrainedNetwork]) {
    (self.first, self.others) = (first, others)
  }

  /// - Throws: as ``TrainedNetwork/predictor(of:)``.
  func predictor(of extent: SpatialExtent) throws -> any BatchPredictor {
    guard !others.isEmpty else { return try first.predictor(of: extent) }
    let members = try ([first] + others).map { network in
      EnsemblePredictor.Member(
        try network.predictor(of: extent),
        renormalization: Renormalization(
          from: first.input.normalizer, to: network.input.normalizer))
    }
    return EnsemblePredictor(
      members, averagesLogits: first.configuration.readsSingleLogits,
      threads: first.configuration.threads)
  }
}
