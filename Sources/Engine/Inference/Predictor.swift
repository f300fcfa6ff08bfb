/// A trained network that labels images as its evaluation does.
public final class Predictor {
  private let predictor: any BatchPredictor
  private let state: NetworkState
  private let images: HostBuffer
  private let normalizer: Normalizer
  private let predictions: PredictionMap

  /// - Parameters:
  ///   - size: of the images that will be given.
  ///   - normalizer: of the training data.
  ///   - values: gives the trained values of each parameter and running statistic.
  /// - Throws: ``TrainingError`` where a tensor is missing or of another size.
  public init(
    _ configuration: TrainingConfiguration, size: Size, channels: Int, classes: Int,
    normalizer: Normalizer, values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    self.normalizer = normalizer
    // For a few images it is not worth measuring what is fastest.
    predictor = try configuration.predictor(
      of: NetworkInput(channels: channels, size: size), classes: classes, batch: 1,
      backend: configuration.computation.makeBackend(AlgorithmSelection(.always(.winograd))))
    state = NetworkState(
      try configuration.network(channels: channels, size: size, classes: classes),
      seed: configuration.seed)
    try state.tensors.restore(from: values)
    predictor.allocate(state, in: HostBuffer(bytes: predictor.arenaBytes))
    images = HostBuffer(bytes: predictor.input.bytes)
    predictions = PredictionMap(
      logits: predictor.logitsLayout, labelling: configuration.labelling,
      threads: predictor.threads)
  }

  /// The most probable class of each pixel, or those that are more probable than not, `[H, W]`.
  public func predict(_ sample: Sample) -> [UInt8] {
    normalizer.apply(to: sample, into: images.floats)
    predictions.update(predictor.predict(images.floats).answers(predictions.labelling))
    return Array(predictions.classes)
  }
}
