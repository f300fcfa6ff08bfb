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

  init(_ values: FieldValues) {}

  func factors(of space: SearchSpace) -> [SearchSpace.Factor] {
    space.axes.map { SearchSpace.Factor(name: $0.path.description, count: $0.values.count) }
  }

  func points(of space: SearchSpace) -> [[SpecAssignment]] {
    space.axes.reduce([[]]) { points, axis in
      points.flatMap { point in
        axis.values.map { value in
          point + [SpecAssignment(path: axis.path, place: axis.place, value: value)]
        }
      }
    }
  }
}
