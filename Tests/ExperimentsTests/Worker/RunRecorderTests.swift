@testable import Experiments
@testable import Groundwork
@testable import Learning
import Measurements
import Testing
import Tracking
@testable import Training

struct RunRecorderTests {
  /// Records evaluations with these validation losses and returns the run.
  private func run(
    losses: [Double], checkpoints: String, settings: EvaluationSettings = EvaluationSettings()
  ) throws -> RunRecord {
    let spec = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [32, 32], classes: 3}}
      template: {name: unet, base_channels: 4, depth: 2}
      losses: dice
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: \(losses.count)}
      checkpoints: \(checkpoints)
      sweep: {objective: {metric: validation.loss}}
      """
    let trial = try ExperimentSpec.load(
      SourceText(name: "shapes.yaml", text: spec), folder: "/"
    ).plan().trials[0]
    let store = MemoryStore()
    try store.prepare(trial.record, id: trial.id)
    let writer = try store.open(trial.id, experiment: "shapes")
    try writer.beginAttempt(SampleRuns.provenance)
    var recorder = RunRecorder(
      trial, attempt: 1, history: nil, tensorNames: ["weight"], stepsPerEpoch: 10)
    var bests: [EvaluationPoint] = []
    for (index, loss) in losses.enumerated() {
      let report = Self.report(
        index + 1, loss: loss, settings, isLast: index + 1 == losses.count)
      let state = TrainingState(step: report.step, epoch: report.epoch, tensors: [])
      if try recorder.record(report, state, in: writer).isBest { bests.append(report.point) }
    }
    #expect(recorder.result().bestEvaluation == bests.last)
    return try #require(try store.run(trial.id, experiment: "shapes"))
  }

  /// What an evaluation of three classes measures.
  private static func report(
    _ number: Int, loss: Double, _ settings: EvaluationSettings, isLast: Bool
  ) -> EvaluationReport {
    var confusion = ConfusionMatrix(classes: 3)
    confusion.counts = [3, 1, 0, 0, 4, 0, 0, 0, 0]
    let classNames = ["a", "b", "c"]
    let accumulators = MetricAccumulators(settings, classNames: classNames, threads: 1)
    accumulators.begin()
    return EvaluationReport(
      step: 10 * number, epoch: Double(number),
      measurements: accumulators.measurements(confusion, images: [])
        + confusion.measurements(classNames: classNames) + [
          Measurement(.validationLoss, loss), Measurement(.validationLoss("dice"), loss),
          Measurement(.trainingLoss, 1), Measurement(.trainingLoss("dice"), 1),
          Measurement(.learningRate, 0.01), Measurement(.trainingSeconds, 1),
          Measurement(.evaluationSeconds, 1),
        ], digests: [UInt64(number)], isLast: isLast)
  }

  private func epoch(of name: String, in run: RunRecord) -> Double? {
    run.checkpoints.first { $0.name == name }?.evaluation.epoch
  }

  @Test("every series that an objective can name is recorded at every evaluation")
  func series() throws {
    let history = try #require(try run(losses: [3, 2], checkpoints: "{}").history)
    let catalog = SeriesCatalog.standard
    for name in catalog.names where catalog.requiredMetric(name) == nil {
      #expect(history.column(name) != nil, "\(name)")
    }
    #expect(history.column("validation.kappa") == nil)
    #expect(!history.series.contains { $0.axes.contains { $0.name == "rank" } })
    #expect(history.values(of: "training.dice") == [1, 1])
    #expect(history.values(of: "validation.dice") == [3, 2])
    #expect(history.values(of: "validation.loss") == [3, 2])
    #expect(history.values(of: "validation.iou.a") == [0.75, 0.75])
    #expect(history.rows.map(\.tensorDigests) == [[1], [2]])
    #expect(history.seconds == 4)
  }

  @Test("metrics that are asked for are recorded, by class where they look at classes")
  func metrics() throws {
    var settings = EvaluationSettings()
    settings.metrics = try ["mean_iou", "kappa", "precision"].map { name in
      let metric = try #require(Registry.metrics.find(name))
      return try metric.init(FieldValues([:], of: metric.fields))
    }
    let run = try run(losses: [3, 2], checkpoints: "{}", settings: settings)
    let history = try #require(run.history)
    #expect(try #require(history.values(of: "validation.kappa")).allSatisfy { $0 > 0 })
    #expect(history.series.count { $0.name == "validation.mean_iou" } == 1)
    #expect(history.values(of: "validation.precision.a") == [1, 1])
    #expect(history.column("validation.kappa.a") == nil)
  }

  @Test("a continued record keeps its series: what is not measured any more has no value")
  func otherSeries() throws {
    let report = Self.report(1, loss: 1, EvaluationSettings(), isLast: false)
    var history = MetricHistory(series: report.measurements.map(\.series), tensorNames: [])
    history.series.append(SeriesDescription("validation.gone", title: "gone", about: ""))
    history.append(report.measurements, at: report.point, tensorDigests: [], attempt: 1)
    #expect(history.values(of: "validation.gone")?.first?.isNaN == true)
    #expect(history.values(of: "validation.loss") == [1])
  }

  @Test("the best evaluation is the first of the best, and NaN is never it")
  func best() throws {
    let run = try run(losses: [.nan, 3, 1, 2, 1], checkpoints: "{}")
    #expect(epoch(of: "best", in: run) == 3)
    #expect(epoch(of: "last", in: run) == 5)
    #expect(run.checkpoints.map(\.file).contains("checkpoints/step-0000030.h5"))
  }

  @Test("checkpoints are kept as often as asked, and always of the last evaluation")
  func interval() throws {
    let run = try run(losses: [1, 2, 3, 4, 5], checkpoints: "{every: 2 epochs, keep: {best: 0}}")
    #expect(epoch(of: "best", in: run) == nil)
    #expect(epoch(of: "last", in: run) == 5)
  }
}
