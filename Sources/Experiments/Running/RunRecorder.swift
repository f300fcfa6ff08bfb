import Engine
import Tracking

/// Turns what happens in a training into its record: the only translator between the two.
///
/// What it decides (whether a checkpoint is due, whether a round is the best so far) it decides
/// from the history alone, so that an interrupted run goes on as if it had not been.
struct RunRecorder {
  private let trial: Trial
  private let attempt: Int
  private let classes: [String]
  private let tensorNames: [String]
  private(set) var history: MetricHistory?

  /// - Parameters:
  ///   - history: of the rounds that are kept from earlier attempts.
  ///   - tensorNames: of the tensors whose digests are reported.
  init(
    _ trial: Trial, attempt: Int, history: MetricHistory?, classes: [String],
    tensorNames: [String]
  ) {
    (self.trial, self.attempt) = (trial, attempt)
    (self.classes, self.tensorNames) = (classes, tensorNames)
    self.history = history
  }

  /// Adds a round to the history and commits it; the record is safe when this returns.
  mutating func record(
    _ report: RoundReport, _ state: TrainingState, in writer: any RunWriter
  ) throws -> WorkerMessage.Round {
    let metrics = report.segmentation
    var history =
      history
      ?? MetricHistory(
        classNames: classes, tensorNames: tensorNames, seriesNames: report.series.map(\.name),
        classMetricNames: report.classMetrics.map(\.name),
        worstImagesMetric: report.worstImages?.metric,
        classesOverlap: report.confusion.kind == .multilabel)
    history.rows.append(row(of: report, metrics))
    let isBest = history.best(of: trial.record.objective)?.round == report.round
    let keepsBest = isBest && trial.spec.checkpoints.keepBest > 0
    let isDue = report.isLast || report.round.isMultiple(of: checkpointInterval)
    try writer.commit(
      history, checkpoint: keepsBest || isDue ? state.contents : nil, isBest: keepsBest,
      isLast: isDue)
    self.history = history
    return WorkerMessage.Round(
      round: report.round, step: report.step, epoch: report.epoch,
      trainingLoss: report.trainingLoss, validationLoss: report.validationLoss,
      figure: figure(metrics), isBest: isBest,
      seconds: report.trainingSeconds + report.evaluationSeconds)
  }

  /// What a person watches; the loss is shown beside it anyhow.
  private func figure(_ metrics: SegmentationMetrics) -> WorkerMessage.Figure {
    let objective = trial.record.objective
    guard objective.metric != "validation.loss",
      let value = history?.series(objective.metric)?.last
    else { return WorkerMessage.Figure(title: Objective.meanIoUTitle, value: metrics.meanIoU) }
    return WorkerMessage.Figure(title: objective.title, value: value)
  }

  /// The end of a run that was trained to its end.
  func result() -> ResultRecord {
    let best = history?.best(of: trial.record.objective)
    return ResultRecord(
      outcome: .finished, cause: nil, bestValue: best?.value, bestRound: best?.round,
      rounds: history?.rows.count ?? 0)
  }

  /// Rounds from one checkpoint to the next.
  private var checkpointInterval: Int {
    trial.spec.checkpoints.rounds(of: trial.spec.evaluation) ?? 1
  }

  private func row(of report: RoundReport, _ metrics: SegmentationMetrics) -> MetricHistory.Row {
    MetricHistory.Row(
      round: report.round, step: report.step, epoch: report.epoch,
      values: report.series.map(\.value), iou: metrics.iou, dice: metrics.dice,
      classAccuracy: metrics.classAccuracy, confusion: report.confusion.counts,
      classFigures: report.classMetrics.map(\.classes),
      worstImages: report.worstImages?.images.map { .init(name: $0.name, value: $0.value) } ?? [],
      tensorDigests: report.digests, trainingSeconds: report.trainingSeconds,
      evaluationSeconds: report.evaluationSeconds, attempt: attempt)
  }
}

extension ResultRecord {
  /// The end of a run that could not be trained to its end.
  static func failed(
    _ cause: String, after rounds: Int, isInterruption: Bool = false
  ) -> ResultRecord {
    ResultRecord(
      outcome: .failed, cause: cause, isInterruption: isInterruption, bestValue: nil,
      bestRound: nil, rounds: rounds)
  }
}

extension RoundReport {
  /// The metrics that are kept of every class: not those whose classes are kept anyhow.
  fileprivate var classMetrics: [NamedMetric] {
    metrics.filter {
      !$0.classes.isEmpty && !SegmentationMetrics.seriesNames.contains($0.name)
    }
  }
}
