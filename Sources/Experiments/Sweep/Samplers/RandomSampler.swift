internal import Groundwork
internal import Sampling

/// Independent draws.
struct RandomSampler: Sampler {
  static let name = "random"
  static let about = "Points drawn at random; the baseline that other methods are held against."
  static let fields = [SamplerFields.trials.declaration]
  static let example = """
    sweep:
      method: random
      trials: 20
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, template.depth: [2, 3]}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(RandomMethod(), trials: values[SamplerFields.trials])
  }
}
