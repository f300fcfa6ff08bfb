/// A trained network that labels images.
public final class Predictor {
  private let plan: ExecutionPlan
  private let state: NetworkState
  private let normalization: Normalization

  /// - Parameters:
  ///   - size: of the images that will be given.
  ///   - values: gives the trained values of each parameter and running statistic.
  /// - Throws: ``TrainingError`` where a tensor is missing or of another size.
  public init(
    _ configuration: TrainingConfiguration, size: Size, channels: Int, classes: Int,
    normalization: Normalization, values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    self.normalization = normalization
    let network: Network
    do throws(ComponentError) {
      network = try configuration.template.network(
        input: NetworkInput(channels: channels, size: size), classes: classes)
    } catch {
      throw TrainingError.component(
        kind: "template", name: type(of: configuration.template).name, error)
    }
    plan = try ExecutionPlan(
      network, batch: 1, purpose: .prediction, backend: configuration.backend.make(),
      threads: configuration.threads)
    state = NetworkState(network, seed: configuration.seed)
    try state.tensors.restore(from: values)
    plan.allocate(state)
  }

  /// The most probable class of each pixel, `[H, W]`.
  public func predict(_ sample: Sample) -> [UInt8] {
    normalization.apply(to: sample, into: plan.images)
    plan.forward()
    return ConfusionMatrix.mostProbable(
      logits: plan.logits, layout: plan.logitsLayout, threads: plan.threads)
  }
}
