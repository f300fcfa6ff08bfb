/// What a sweep varies, as it was written.
struct SearchSpace: Sendable {
  /// The axes of `parameters`, in the order of writing.
  var axes: [Axis] = []
  /// The points of `points`, each with its own assignments.
  var points: [[SpecAssignment]] = []

  /// A path of the spec with the values that it takes.
  struct Axis: Sendable {
    let path: SpecPath
    let place: Mark
    /// The values that the path takes, never empty.
    let values: [YAMLNode]
  }

  /// A factor of the number of trials, e.g. `solver.base_lr 3`.
  struct Factor: Sendable, Hashable {
    let name: String
    let count: Int
  }
}
