internal import Groundwork
internal import Sampling

/// A scrambled Sobol sequence (Joe & Kuo 2008; Owen 1995).
struct SobolSampler: Sampler {
  static let name = "sobol"
  static let about =
    "Points of a scrambled Sobol sequence, which cover the space evenly; more trials keep the first ones."
  static let fields = [SamplerFields.trials.declaration]
  static let example = """
    sweep:
      method: sobol
      trials: 16
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, template.depth: [2, 3]}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(SequenceMethod(.sobol), trials: values[SamplerFields.trials])
  }
}
