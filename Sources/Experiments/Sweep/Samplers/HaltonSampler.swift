internal import Groundwork
internal import Sampling

/// A shifted Halton sequence.
struct HaltonSampler: Sampler {
  static let name = "halton"
  static let about = "Points of a Halton sequence; for at most eight hyperparameters."
  static let fields = [SamplerFields.trials.declaration]
  static let example = """
    sweep:
      method: halton
      trials: 12
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, template.depth: [2, 3]}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(SequenceMethod(.halton), trials: values[SamplerFields.trials])
  }
}
