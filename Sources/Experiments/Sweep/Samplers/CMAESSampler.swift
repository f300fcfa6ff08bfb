internal import Groundwork
internal import Sampling

/// Covariance matrix adaptation.
struct CMAESSampler: Sampler {
  static let name = "cma_es"
  static let about =
    "Covariance matrix adaptation: generations of numbers that depend on each other; for 100 trials and more."
  static let definition =
    "A batch is a generation, of at least 4 + ⌊3 ln n⌋ points for n hyperparameters; choices are drawn at random."
  private static let batch = Field.integer(
    "batch", default: 1, 1...1000,
    "The number of points of a generation, where more than the least are wanted.")
  static let fields = [SamplerFields.trials.declaration, batch.declaration]
  static let example = """
    sweep:
      method: cma_es
      trials: 100
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, solver.weight_decay: {log_uniform: [1e-6, 1e-2]}}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(
      CMAESMethod(batch: values[Self.batch]), trials: values[SamplerFields.trials])
  }
}
