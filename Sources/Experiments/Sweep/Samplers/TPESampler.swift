internal import Groundwork
internal import Sampling

/// The tree-structured Parzen estimator.
struct TPESampler: Sampler {
  static let name = "tpe"
  static let about =
    "Tree-structured Parzen estimator: tries what looks like the best tenth of the results so far."
  private static let joint = Field.boolean(
    "joint", default: true,
    "Models hyperparameters together; false, each alone, suits many choices.")
  static let fields = [
    SamplerFields.trials.declaration, SamplerFields.batch.declaration,
    SamplerFields.startup.declaration, joint.declaration,
  ]
  static let example = """
    sweep:
      method: tpe
      trials: 40
      batch: 4
      parameters: {solver.base_lr: {log_uniform: [1e-4, 1e-1]}, template.depth: [2, 3]}
    """
  static let reads = SweepSection.SpaceKey.parameters
  let choice: PointChoice

  init(_ values: FieldValues) {
    choice = .sampled(
      TPEMethod(
        batch: values[SamplerFields.batch], startup: values[SamplerFields.startup],
        isJoint: values[Self.joint]),
      trials: values[SamplerFields.trials])
  }
}
