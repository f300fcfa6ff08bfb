internal import Datasets
internal import Learning
internal import Tracking

extension Objective {
  /// Where a spec names none.
  static let standard = Objective(metric: "validation.mean_iou", maximize: true)
}

extension LoadedSpec {
  /// That the sweep looks for the worst value of a metric, which is hardly meant; `nil` where it
  /// does not.
  func directionWarning(_ objective: Objective) -> SpecDiagnostic? {
    let isHigherBetter = SeriesCatalog.standard.isHigherBetter(objective.metric)
    guard objective.maximize != isHigherBetter else { return nil }
    let written = tree["sweep"]?["objective"]?["direction"]
    let which = isHigherBetter ? "higher" : "lower"
    return SpecDiagnostic(
      .worseDirection,
      "sweep.objective prefers the \(objective.maximize ? "highest" : "lowest") "
        + "\(objective.metric), of which a \(which) value is better",
      at: written?.mark ?? Mark(whole: source),
      remedy: "write direction: \(SpecValue.direction(isHigherBetter)), or leave it out")
  }
}
