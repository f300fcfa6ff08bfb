internal import Datasets
internal import Groundwork
internal import Learning

/// `solver.ema` and `solver.swa`: averages that are evaluated in place of the trained weights.
extension SolverSettings {
  var exponential: ExponentialAverage? {
    get {
      guard case .exponential(let decay, let ramps) = averaging else { return nil }
      return ExponentialAverage(decay: decay, ramps: ramps)
    }
    set {
      averaging = newValue.map { .exponential(decay: $0.decay, ramps: $0.ramps) }
    }
  }

  var stochastic: StochasticAverage? {
    get {
      guard case .stochastic(let from, let every, let updates) = averaging else { return nil }
      return StochasticAverage(from: from, every: every, updatesStatistics: updates)
    }
    set {
      averaging = newValue.map {
        .stochastic(from: $0.from, every: $0.every, updatesStatistics: $0.updatesStatistics)
      }
    }
  }
}

struct ExponentialAverage: DeclaredSection {
  var decay = 0.0
  var ramps = false

  static let standard = ExponentialAverage()

  static let about = "Describes an exponential moving average."
  static let keys: [SpecKey<Self>] = [
    .required("decay", \.decay, .decay, "The part of the average that each step keeps."),
    .standard("ramp", \.ramps, .boolean, "Starts with smaller decays, for short training."),
  ]
}

extension Form<ExponentialAverage> {
  /// The decay alone, or `{decay: 0.999, ramp: true}`.
  static var exponentialAverage: Form {
    let decay = Form<Double>.decay.map(
      { ExponentialAverage(decay: $0) }, { $0.ramps ? nil : $0.decay })
    return .either(scalar: decay, mapping: ExponentialAverage.form)
  }
}

extension Form<Double> {
  fileprivate static var decay: Form { .number(Bounds(0..<1)) }
}

/// `{from: 40 epochs, every: 1 epoch, update_statistics: true}`.
struct StochasticAverage: DeclaredSection {
  var from = TrainingInterval.iterations(1)
  var every = TrainingInterval.epochs(1)
  var updatesStatistics = false

  static let standard = StochasticAverage()

  static let about = "Describes stochastic weight averaging."
  static let keys: [SpecKey<Self>] = [
    .required("from", \.from, .interval, "The time of the first weights in the mean."),
    .standard("every", \.every, .interval, "The time from one to the next."),
    .standard(
      "update_statistics", \.updatesStatistics, .boolean, kept: .unlessStandard,
      "Estimates batch norm's statistics anew before each evaluation."),
  ]
}
