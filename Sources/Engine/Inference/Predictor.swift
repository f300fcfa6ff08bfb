/// A trained network that labels images.
public final class Predictor {
  private let plan: ExecutionPlan
  private let state: NetworkState
  private let normalizer: Normalizer
  private let predictions: PredictionMap

  /// - Parameters:
  ///   - size: of the images that will be given.
  ///   - mean: of the training data, values in 0…1, for each channel; as `deviation`.
  ///   - values: gives the trained values of each parameter and running statistic.
  /// - Throws: ``TrainingError`` where a tensor is missing or of another size.
  public init(
    _ configuration: TrainingConfiguration, size: Size, channels: Int, classes: Int,
    mean: [Float], deviation: [Float], values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    normalizer = Normalizer(mean: mean, deviation: deviation)
    let network = try configuration.network(channels: channels, size: size, classes: classes)
    // For a few images it is not worth measuring what is fastest.
    plan = try ExecutionPlan(
      network, batch: 1, purpose: .prediction,
      backend: configuration.computation.makeBackend(AlgorithmSelection(.always(.winograd))),
      threads: configuration.threads)
    state = NetworkState(network, seed: configuration.seed)
    try state.tensors.restore(from: values)
    plan.allocate(state)
    predictions = PredictionMap(
      logits: plan.logitsLayout, labelling: configuration.labelling, threads: plan.threads)
  }

  /// The most probable class of each pixel, or those that are more probable than not, `[H, W]`.
  public func predict(_ sample: Sample) -> [UInt8] {
    normalizer.apply(to: sample, into: plan.images)
    plan.forward()
    predictions.update(plan.logits)
    return Array(predictions.classes)
  }
}
