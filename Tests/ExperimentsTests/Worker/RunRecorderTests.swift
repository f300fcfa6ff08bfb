@testable import Datasets
@testable import Experiments
@testable import Learning
import Testing
import Tracking
@testable import Training

struct RunRecorderTests {
  /// Records rounds with these validation losses and returns the run.
  private func run(
    losses: [Double], checkpoints: String, metrics: [NamedMetric] = [],
    worstImages: WorstImages? = nil
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
      trial, attempt: 1, history: nil, classes: ["a", "b", "c"], tensorNames: ["weight"])
    var bests: [Int] = []
    for (index, loss) in losses.enumerated() {
      var report = report(round: index + 1, loss: loss, isLast: index + 1 == losses.count)
      report.metrics = metrics
      report.worstImages = worstImages
      let state = TrainingState(step: report.step, round: report.round, tensors: [])
      if try recorder.record(report, state, in: writer).isBest { bests.append(report.round) }
    }
    #expect(recorder.result().bestRound == bests.last)
    return try #require(try store.run(trial.id, experiment: "shapes"))
  }

  private func report(round: Int, loss: Double, isLast: Bool) -> RoundReport {
    var confusion = ConfusionMatrix(classes: 3)
    confusion.counts = [3, 1, 0, 0, 4, 0, 0, 0, 0]
    return RoundReport(
      round: round, step: round, epoch: Double(round), learningRate: 0.01, trainingLoss: 1,
      trainingLosses: [NamedLoss(name: "dice", value: 1)], validationLoss: loss,
      validationLosses: [NamedLoss(name: "dice", value: loss)], confusion: confusion,
      digests: [UInt64(round)], trainingSeconds: 1, evaluationSeconds: 1, isLast: isLast)
  }

  private func round(of name: String, in run: RunRecord) -> Int? {
    run.checkpoints.first { $0.name == name }?.round
  }

  @Test("every figure that an objective can name is recorded every round")
  func series() throws {
    let run = try run(losses: [3, 2], checkpoints: "{}")
    let names = try #require(run.history?.seriesNames)
    for name in RoundFigure.names where RoundFigure.requiredMetric(name) == nil {
      #expect(names.contains(name))
    }
    #expect(run.history?.classMetricNames == [])
    #expect(run.history?.worstImagesMetric == nil)
    #expect(names.contains("training.dice"))
    #expect(names.contains("validation.dice"))
    #expect(run.history?.series("validation.loss") == [3, 2])
    #expect(run.history?.rows.map(\.tensorDigests) == [[1], [2]])
  }

  @Test("metrics that are asked for are recorded, by class where they look at classes")
  func metrics() throws {
    let worst = WorstImages(metric: "kappa", images: [.init(name: "a.png", value: 0.25)])
    let run = try run(
      losses: [3, 2], checkpoints: "{}",
      metrics: [
        NamedMetric(name: "mean_iou", value: 0.5, classes: [0.5, 0.5, 0.5]),
        NamedMetric(name: "kappa", value: 0.75),
        NamedMetric(name: "boundary_f1", value: 0.25, classes: [0, 0.25, .nan]),
      ], worstImages: worst)
    let history = try #require(run.history)
    #expect(history.series("validation.kappa") == [0.75, 0.75])
    #expect(history.series("validation.boundary_f1") == [0.25, 0.25])
    #expect(history.seriesNames.count { $0 == "validation.mean_iou" } == 1)
    #expect(history.classMetricNames == ["boundary_f1"])
    #expect(history.rows[1].classFigures.map { Array($0.prefix(2)) } == [[0, 0.25]])
    #expect(history.rows[1].classFigures[0][2].isNaN)
    #expect(history.worstImagesMetric == "kappa")
    #expect(history.rows[0].worstImages == [.init(name: "a.png", value: 0.25)])
  }

  @Test("the best round is the first of the best, and NaN is never it")
  func best() throws {
    let run = try run(losses: [.nan, 3, 1, 2, 1], checkpoints: "{}")
    #expect(round(of: "best", in: run) == 3)
    #expect(round(of: "last", in: run) == 5)
  }

  @Test("checkpoints are kept as often as asked, and always of the last round")
  func interval() throws {
    let run = try run(losses: [1, 2, 3, 4, 5], checkpoints: "{every: 2 epochs, keep: {best: 0}}")
    #expect(round(of: "best", in: run) == nil)
    #expect(round(of: "last", in: run) == 5)
  }
}
