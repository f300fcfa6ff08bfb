internal import Groundwork
internal import Learning
import Measurements
import Tracking
internal import Training

/// Turns what happens in a training into its record: the only translator between the two.
///
/// Whether an evaluation is the best so far it decides from the history alone, so that an interrupted run goes
/// on as if it had not been.
struct RunRecorder {
  private let trial: Trial
  private let attempt: Int
  private let tensorNames: [String]
  private let input: InputRecord?
  private let rhythm: CheckpointRhythm
  /// Since the last checkpoint, or since the attempt began.
  private var watch = Stopwatch()
  /// Steps done at the last checkpoint.
  private var keptSteps: Int
  private(set) var history: MetricHistory?
  /// What has been kept of previews so far; `nil` where there are none.
  var previews: PreviewRecord?

  /// - Parameters:
  ///   - history: the evaluations that are kept from earlier attempts.
  ///   - tensorNames: names of the tensors whose digests are reported.
  ///   - stepsPerEpoch: of the training.
  ///   - step: steps that were done before, as a checkpoint holds them.
  ///   - input: how images become the network's input, for checkpoints.
  init(
    _ trial: Trial, attempt: Int, history: MetricHistory?, tensorNames: [String],
    stepsPerEpoch: Int, resumedAfter step: Int = 0, input: InputRecord? = nil
  ) {
    (self.trial, self.attempt, self.tensorNames) = (trial, attempt, tensorNames)
    self.input = input
    self.history = history
    rhythm = CheckpointRhythm(every: trial.spec.checkpoints.every, stepsPerEpoch: stepsPerEpoch)
    keptSteps = step
  }

  /// Keeps the state after a step where that is due.
  ///
  /// - Parameter state: asked for only then.
  mutating func record(
    _ report: StepReport, _ state: @autoclosure () -> TrainingState, in writer: any RunWriter
  ) throws {
    // What is due there is kept with the evaluation.
    guard !report.isBeforeEvaluation,
      rhythm.isDue(afterStep: report.step, seconds: watch.seconds)
    else { return }
    try keep(state(), in: writer)
  }

  /// Keeps where a training was stopped, unless a checkpoint holds that already.
  mutating func recordStop(
    _ state: @autoclosure () -> TrainingState, after step: Int, in writer: any RunWriter
  ) throws {
    guard step > keptSteps else { return }
    try keep(state(), in: writer)
  }

  private mutating func keep(_ state: TrainingState, in writer: any RunWriter) throws {
    try writer.keep(state.contents(input, attempt: attempt))
    noteCheckpoint(afterStep: state.step)
  }

  private mutating func noteCheckpoint(afterStep step: Int) {
    keptSteps = step
    watch = Stopwatch()
  }

  /// Adds an evaluation to the history and commits it; the record is safe when this returns.
  ///
  /// - Parameters:
  ///   - previews: what the evaluation predicted of the images that are looked at.
  ///   - isLeft: whether the run is left with this evaluation, by the history up to it: it goes on from
  ///     there, if at all.
  mutating func record(
    _ report: EvaluationReport, _ state: TrainingState, previews: [PreviewedPrediction] = [],
    in writer: any RunWriter, isLeft: (MetricHistory) -> Bool = { _ in false }
  ) throws -> WorkerMessage.Evaluated {
    let previous = self.history?.rows.last?.step ?? 0
    var history =
      self.history
      ?? MetricHistory(series: report.measurements.map(\.series), tensorNames: tensorNames)
    history.append(
      report.measurements, at: report.point, tensorDigests: report.digests, attempt: attempt)
    let isBest = history.best(of: trial.record.objective)?.point == report.point
    let keepsBest = isBest && trial.spec.checkpoints.keepBest > 0
    let isDue =
      isLeft(history) || report.isLast
      || rhythm.isDue(atEvaluation: report.step, after: previous, seconds: watch.seconds)
    try self.previews?.add(previews, at: report.point, of: history)
    try writer.commit(
      history, checkpoint: keepsBest || isDue ? state.contents(input, attempt: attempt) : nil,
      isBest: keepsBest,
      isLast: isDue, previews: self.previews)
    self.history = history
    if isDue { noteCheckpoint(afterStep: report.step) }
    return WorkerMessage.Evaluated(
      point: report.point,
      trainingLoss: report.value(of: SeriesDescription.trainingLoss.name) ?? .nan,
      validationLoss: report.value(of: SeriesDescription.validationLoss.name) ?? .nan,
      headline: headline(report), isBest: isBest,
      seconds: history.rows.last.map { history.seconds(of: $0) } ?? 0)
  }

  /// What a person watches: the objective, or where that is the loss, which is shown beside it
  /// anyhow, the first principal metric.
  private func headline(_ report: EvaluationReport) -> WorkerMessage.Headline {
    let objective = trial.record.objective.metric
    let column =
      objective == SeriesDescription.validationLoss.name ? nil : history?.column(objective)
    let shown =
      column
      ?? report.measurements.first { $0.series.isPrincipal && $0.series.isScalar }
      .map { HistoryColumn($0.series) } ?? HistoryColumn(.validationLoss)
    return WorkerMessage.Headline(
      series: shown.series, label: shown.place.map { shown.series.axes[0].labels[$0] },
      value: report.value(of: shown.name) ?? .nan)
  }

  /// The end of a run that was trained to its end.
  ///
  /// - Parameter earlyStop: where it stopped before its planned end.
  func result(earlyStop: EarlyStopRecord? = nil) -> ResultRecord {
    let best = history?.best(of: trial.record.objective)
    return ResultRecord(
      outcome: .finished, cause: nil, bestValue: best?.value, bestEvaluation: best?.point,
      evaluations: history?.rows.count ?? 0, earlyStop: earlyStop)
  }

  /// The end of a run that its sweep gives up.
  func result(pruning: PruningRecord) -> ResultRecord {
    let best = history?.best(of: trial.record.objective).map { ($0.value, $0.point) }
    return .pruned(pruning, best: best, evaluations: history?.rows.count ?? 0)
  }

  /// Why the training stopped after the last evaluation; `nil` where it did not stop early.
  ///
  /// - Parameter best: the best evaluation by the series that is monitored.
  func earlyStop(best: EvaluationPoint?, _ summary: TrainingSummary) -> EarlyStopRecord? {
    trial.spec.training.earlyStopping.flatMap { end($0.series, best: best, summary) }
  }

  /// The end that a person asked for, after the last evaluation.
  func endOnRequest(_ summary: TrainingSummary) -> EarlyStopRecord? {
    end(nil, best: nil, summary)
  }

  private func end(
    _ series: String?, best: EvaluationPoint?, _ summary: TrainingSummary
  ) -> EarlyStopRecord? {
    guard let after = history?.rows.last?.point else { return nil }
    return EarlyStopRecord(
      after: after,
      planned: EvaluationPoint(
        step: summary.steps, epoch: Double(summary.steps) / Double(summary.stepsPerEpoch)),
      series: series, best: best)
  }
}

extension ResultRecord {
  /// The end of a run that could not be trained to its end.
  ///
  /// - Parameters:
  ///   - failure: what kind of failure it was, where that is told apart.
  ///   - isInterruption: whether it goes on when it is run again.
  static func failed(
    _ cause: String, _ failure: FailureRecord? = nil, evaluations: Int,
    isInterruption: Bool = false
  ) -> ResultRecord {
    var result = ResultRecord(
      outcome: .failed, cause: cause, isInterruption: isInterruption, bestValue: nil,
      bestEvaluation: nil, evaluations: evaluations)
    result.failure = failure
    return result
  }
}
