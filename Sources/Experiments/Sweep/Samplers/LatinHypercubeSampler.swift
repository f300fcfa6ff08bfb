internal import Groundwork
internal import Sampling

/// A Latin hypercube.
struct LatinHypercubeSampler: Sampler {
  static let name = "latin_hypercube"
  static let about =
    "Each hyperparameter takes values from all parts of its range, one a part; another number of trials is another plan."
  static let fields = [SamplerFields.trials.declaration]
  static let example = """
    sweep:
      method: latin_hypercube
      trials: 10
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, template.depth: [2, 3]}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(LatinHypercubeMethod(), trials: values[SamplerFields.trials])
  }
}
