internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking
internal import Training

/// `training.early_stopping`: `{patience: 10 epochs, monitor: validation.mean_iou, min_delta: 0}`. Every key
/// decides when a training ends.
extension EarlyStopping: DeclaredSection {
  static let about =
    "Says how long training goes on without a better evaluation; part of a trial's id."
  static let keys: [SpecKey<Self>] = [
    .required(
      "patience", \.patience, .patience,
      "Training ends with the first evaluation at which this has passed since the best one."),
    .standard(
      "monitor", \.series, .series(kind: "monitor"), shown: "the metric of sweep.objective",
      "The series that is to get better."),
    .standard(
      "min_delta", \.minimumDelta, .number(Bounds(atLeast: 0)),
      "A value counts as better where it is better than the best by more than this."),
    .standard(
      "direction", \.isHigherBetter, .direction, shown: "the objective's or the series' own",
      "Which values are better."),
  ]

  static let standard: EarlyStopping = standard(for: Objective.standard)
  static func standard(in decoder: SpecDecoder) -> Self { standard(for: decoder.objective) }

  /// What runs are judged by is monitored where no series is named.
  private static func standard(for objective: Objective) -> Self {
    EarlyStopping(
      patience: .evaluations(1), series: objective.metric, isHigherBetter: objective.maximize)
  }

  mutating func check(_ keys: SpecMapping) {
    guard keys.misread.isDisjoint(with: ["patience", "monitor", "min_delta"]) else { return }
    let objective = keys.decoder.objective
    guard !keys.has("direction"), series != objective.metric else { return }
    if let isHigherBetter = keys.decoder.series.higherIsBetter(series) {
      self.isHigherBetter = isHigherBetter
    } else {
      keys.report(
        .missingKey, "monitors \(series), of which neither direction is better",
        remedy: "add direction: maximize, or minimize")
    }
  }
}
