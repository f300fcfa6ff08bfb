import Measurements
internal import Tracking

extension WorkerMessage {
  /// What the attempt's log says of it; `nil` for what comes many times a second.
  var logLine: String? {
    switch self {
    case .step, .evaluating: nil
    case .opened(let opened):
      "attempt \(opened.attempt) begins" + (opened.resumedAfter.map { " after \($0)" } ?? "")
    case .prepared(let facts):
      "training of \(Units.count(facts.parameters, "parameter")) begins: "
        + "\(Units.count(facts.trainingSamples, "training sample")), "
        + "\(Units.count(facts.validationSamples, "validation sample")), "
        + "\(Units.count(facts.steps, "step")), \(Units.bytes(facts.memory)) planned"
    case .evaluated(let evaluated): evaluated.logLine
    case .stoppedEarly(let stop): "ended before the planned end: \(stop)"
    case .finished: "finished"
    case .pruned(let pruning): "\(pruning)"
    case .paused: "waits for other trials, or for more time"
    case .interrupted: "interrupted on request"
    case .failed(let cause, _): "failed: \(cause)"
    case .stopped(let cause, _): "stopped: \(cause)"
    case .damaged(let reason): "damaged: \(reason)"
    case .refused(let reason): "refused: \(reason)"
    case .busy(let reason): "busy: \(reason)"
    case .warning(let text): "warning: \(text)"
    }
  }
}

extension WorkerMessage.Evaluated {
  fileprivate var logLine: String {
    let series = headline.series
    let name = series.title + (headline.label.map { " of \($0)" } ?? "")
    let losses =
      "training loss \(Units.decimals(trainingLoss, 4)), validation loss "
      + Units.decimals(validationLoss, 4)
    let value =
      series.name == SeriesDescription.validationLoss.name
      ? "" : ", \(name) \(series.text(of: headline.value))"
    return "\(point): \(losses)\(value)\(isBest ? ", the best so far" : "")"
  }
}
