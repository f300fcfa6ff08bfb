internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking
internal import Training

/// `early_stopping` of the training: `{patience: 10 epochs, monitor: validation.mean_iou, min_delta: 0}`.
extension EarlyStopping {
  /// - Parameter objective: what runs are judged by, which is monitored where no series is named.
  static func read(_ value: SpecValue, objective: Objective) -> EarlyStopping? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let patience = keys.required("patience")?.patience()
      let series = keys["monitor"].map { $0.seriesName(kind: "monitor") } ?? objective.metric
      let minimumDelta = keys["min_delta"].map { $0.number(in: Bounds(atLeast: 0)) } ?? 0
      let written = keys["direction"]?.isMaximized()
      keys.finish()
      guard let patience, let series, let minimumDelta else { return nil }
      let own =
        series == objective.metric
        ? objective.maximize : value.decoder.series.higherIsBetter(series)
      guard let isHigherBetter = written ?? own else {
        value.report(
          "monitors \(series), of which neither direction is better",
          remedy: "add direction: maximize, or minimize")
        return nil
      }
      return EarlyStopping(
        patience: patience, series: series, isHigherBetter: isHigherBetter,
        minimumDelta: minimumDelta)
    }
  }

  /// Every key, since each of them decides when a training ends.
  var canonical: CanonicalJSON {
    .object([
      "patience": .text(patience.text), "monitor": .text(series),
      "direction": .text(SpecValue.direction(isHigherBetter)), "min_delta": .number(minimumDelta),
    ])
  }
}
