internal import Datasets
internal import Groundwork
import Tracking

/// How fast trials of one kind train, by what was measured of them.
struct TrialPace: Sendable {
  /// Seconds of a step, and of an evaluation with all that belongs to it, of each part of a training that was
  /// timed.
  private var steps: [Double] = []
  private var evaluations: [Double] = []

  var isKnown: Bool { !steps.isEmpty }

  /// Takes in every evaluation of a run.
  mutating func add(_ history: MetricHistory) {
    guard let training = history.values(of: "training.seconds"),
      let validation = history.values(of: "validation.seconds")
    else { return }
    var before = 0
    for (index, row) in history.rows.enumerated() {
      let count = row.step - before
      before = row.step
      guard count > 0, training[index].isFinite, validation[index].isFinite else { continue }
      steps.append(training[index] / Double(count))
      evaluations.append(validation[index])
    }
  }

  /// The seconds of so many steps and evaluations: by the fast tenth of what was timed, and by the slow
  /// tenth.
  ///
  /// - Precondition: it is known.
  func seconds(steps count: Int, evaluations number: Int) -> ClosedRange<Double> {
    func total(_ share: Double) -> Double {
      Self.quantile(share, of: steps) * Double(count)
        + Self.quantile(share, of: evaluations) * Double(number)
    }
    return total(0.1)...total(0.9)
  }

  /// Of two neighbors the one that lies further out.
  private static func quantile(_ share: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    return sorted[Int(share < 0.5 ? place.rounded(.down) : place.rounded(.up))]
  }
}

/// What decides how long a step and an evaluation take: trials that agree in it take as long.
struct TrialKind: Hashable, Sendable {
  private let sections: [CanonicalJSON]
  private let training: TrainingSection
  private let solver: String
  private let samples: [Int]
  private let extent: SpatialExtent

  init(_ trial: Trial, _ data: DataInspection) {
    let spec = trial.spec
    sections = [
      spec.template.canonical, spec.losses.canonical, spec.augmentation.canonical,
      spec.evaluation.canonical,
    ]
    var training = spec.training
    (training.duration, training.earlyStopping, training.continues) = (.epochs(1), nil, nil)
    self.training = training
    solver = spec.solver.choice.name
    samples = [data.trainingSamples, data.validationSamples, data.samplesPerEpoch]
    extent = data.extent
  }
}
