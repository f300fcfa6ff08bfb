internal import Datasets
internal import Groundwork

/// Every combination of the values, the last parameter varying fastest.
struct GridSampler: Sampler {
  static let name = "grid"
  static let about = "Every combination of the values of every parameter."
  static let fields: [FieldDeclaration] = []
  static let example = """
    sweep:
      method: grid
      parameters: {solver.base_lr: [1e-2, 1e-3], losses: [[cross_entropy], [dice]]}
    """
  static let reads = SweepSection.SpaceKey.parameters

  let choice = PointChoice.every

  init(_ values: FieldValues) {}
}
