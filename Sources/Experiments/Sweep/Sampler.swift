internal import Groundwork

extension Registry where Member == any Sampler.Type {
  /// The methods that a sweep can name.
  static var samplers: Registry { samplersList }
}

private let samplersList = Registry<any Sampler.Type>(
  kind: "method",
  [
    GridSampler.self,
    ListSampler.self,
  ]
) { $0 }

/// Chooses the points of a sweep. Its fields are keys of `sweep`.
protocol Sampler: Component {
  /// The key of `sweep` that it draws from.
  static var reads: SweepSection.SpaceKey { get }
  /// What the number of points is the product of; asked before any point is made.
  func factors(of space: SearchSpace) -> [SearchSpace.Factor]
  /// What each point sets, in the order in which trials are numbered.
  func points(of space: SearchSpace) -> [[SpecAssignment]]
}
