internal import Groundwork

/// The points that are written out, in their order.
struct ListSampler: Sampler {
  static let name = "list"
  static let about = "The points that the sweep lists, or a CSV file with a path over each column."
  static let fields: [FieldDeclaration] = []
  static let example = """
    sweep:
      method: list
      points:
        - {solver.base_lr: 1e-2, template.depth: 3}
        - {solver.base_lr: 1e-3, template.depth: 4}
    """
  static let reads = SweepSection.SpaceKey.points

  let choice = PointChoice.listed

  init(_ values: FieldValues) {}
}
