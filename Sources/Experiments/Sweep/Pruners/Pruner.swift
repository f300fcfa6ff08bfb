internal import Groundwork
internal import Sampling
internal import Tracking

extension Registry where Member == any Pruner.Type {
  /// What a sweep can end trials by.
  static var pruners: Registry { prunersList }
}

private let prunersList = Registry<any Pruner.Type>(
  kind: "pruner",
  [
    AshaPruner.self,
    HyperbandPruner.self,
    MedianPruner.self,
    PercentilePruner.self,
    PatiencePruner.self,
    ThresholdPruner.self,
    DivergedPruner.self,
  ]
) { $0 }

/// Ends trials of a sweep before their time.
protocol Pruner: Component {
  /// - Parameter objective: what runs are judged by.
  func rule(for objective: Objective) -> PrunerRule
  /// Where trials are compared first; `nil` for a pruner that looks at every evaluation.
  var firstRung: TrainingInterval? { get }
  /// True where a trial is compared with trials of other batches.
  var comparesAcrossBatches: Bool { get }
}

extension Pruner {
  var firstRung: TrainingInterval? { nil }
  var comparesAcrossBatches: Bool { false }
}

/// What a pruner looks at.
enum PrunerRule: Sendable {
  /// At trials together, by the objective.
  case comparing(any ComparingRule)
  /// At each trial alone.
  case own(any OwnCurveRule, of: PrunedSeries)

  var isComparing: Bool { if case .comparing = self { true } else { false } }
}

/// The values that a trial is looked at by.
enum PrunedSeries: Sendable, Hashable {
  /// Those of the objective, smaller ones better.
  case objective
  /// Those of a series as they were measured.
  case measured(String)
}

/// The fields that pruners share.
enum PrunerFields {
  static let min = Field.interval(
    "min", default: .epochs(1), "Where trials are compared first: a multiple of evaluation.every.")
  static let factor = Field.integer(
    "factor", default: 3, 2...100,
    "One of so many goes on from a rung, and the next rung is so many times as far.")
  static let value = Field.name(
    "value", default: "best_so_far", oneOf: ["best_so_far", "last"],
    "What trials are compared by: their best value so far, or that of the rung's evaluation.")
  static let startup = Field.integer(
    "startup", default: 5, 1...1000,
    "The complete trials without which nothing is decided; without a method that decides from results "
      + "also the number of trials of a batch.")
  static let warmup = Field.integer(
    "warmup", default: 0, 0...1_000_000, "The evaluations of a trial that nothing is decided after."
  )
  static let interval = Field.integer(
    "interval", default: 1, 1...1_000_000, "Every how many evaluations something is decided.")

  static let ofRungs = [min.declaration, factor.declaration, value.declaration]

  static func statistic(_ values: FieldValues) -> CurveStatistic {
    values[value] == "last" ? .last : .best
  }

  static func rungs(_ values: FieldValues) -> Rungs {
    let smallest =
      switch values[min] {
      case .epochs(let count), .iterations(let count): count
      }
    return Rungs(smallest: Double(smallest), factor: values[factor])
  }
}
