internal import Groundwork
internal import Sampling

/// Bayesian optimization with a Gaussian process.
struct GPSampler: Sampler {
  static let name = "gp"
  static let about =
    "Gaussian process (Matérn 5/2) with expected improvement; for few and costly trials of numbers."
  static let fields = [
    SamplerFields.trials.declaration, SamplerFields.batch.declaration,
    SamplerFields.startup.declaration,
  ]
  static let example = """
    sweep:
      method: gp
      trials: 30
      batch: 2
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, template.depth: [2, 3]}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(
      GPMethod(batch: values[SamplerFields.batch], startup: values[SamplerFields.startup]),
      trials: values[SamplerFields.trials])
  }
}
