internal import Groundwork
internal import Sampling

extension Registry where Member == any Sampler.Type {
  /// The methods that a sweep can name.
  static var samplers: Registry { samplersList }
}

private let samplersList = Registry<any Sampler.Type>(
  kind: "method",
  [
    GridSampler.self,
    ListSampler.self,
    RandomSampler.self,
    SobolSampler.self,
    HaltonSampler.self,
    LatinHypercubeSampler.self,
    TPESampler.self,
    GPSampler.self,
    CMAESSampler.self,
  ]
) { $0 }

/// Chooses the points of a sweep. Its fields are keys of `sweep`.
protocol Sampler: Component {
  /// The key of `sweep` that it draws from.
  static var reads: SweepSection.SpaceKey { get }
  var choice: PointChoice { get }
}

/// How a sampler comes to its points.
enum PointChoice: Sendable {
  /// Every point of the space.
  case every
  /// Those that are written out.
  case listed
  /// That many trials' points, which it chooses from the space.
  case sampled(any PointSampler, trials: Int)

  /// True where it decides from results.
  func isAdaptive(in space: Space) -> Bool {
    if case .sampled(let sampler, _) = self {
      sampler.batch(of: 0, starts: 0, in: space) != nil
    } else {
      false
    }
  }
}

/// The fields that samplers share.
enum SamplerFields {
  static let trials = Field.integer(
    "trials", 1...TrialPlan.maximumTrials, "The number of points.")
  static let batch = Field.integer(
    "batch", default: 4, 1...1000,
    "The number of points that are decided together, from the results of all before them.")
  static let startup = Field.integer(
    "startup", default: 10, 1...1000,
    "The number of results before which points are drawn at random.")
}
