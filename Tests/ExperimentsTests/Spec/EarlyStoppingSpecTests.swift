@testable import Datasets
@testable import Experiments
@testable import Groundwork
@testable import Learning
import Testing
@testable import Tracking
@testable import Training

@Suite("Early stopping in a spec")
struct EarlyStoppingSpecTests {
  private func text(_ keys: String, _ others: [String] = []) -> String {
    ([SampleSpecs.minimal("training: {epochs: 60, early_stopping: {\(keys)}}")] + others)
      .joined(separator: "\n")
  }

  private func trial(_ keys: String, _ others: String...) throws -> Trial {
    try #require(SampleSpecs.plan(text(keys, others)).trials.first)
  }

  private func settings(_ keys: String, _ others: String...) throws -> EarlyStopping {
    let trial = try #require(SampleSpecs.plan(text(keys, others)).trials.first)
    return try #require(trial.trainingConfiguration(threads: 1).earlyStopping)
  }

  @Test(
    "the patience has a unit",
    arguments: [
      ("10 epochs", .interval(.epochs(10))), ("1 epoch", .interval(.epochs(1))),
      ("500 iterations", .interval(.iterations(500))), ("5 evaluations", .evaluations(5)),
      ("1 evaluation", .evaluations(1)),
    ] as [(String, EarlyStopping.Patience)])
  func patience(written: String, meant: EarlyStopping.Patience) throws {
    #expect(try settings("patience: \(written)").patience == meant)
    #expect(meant.text == written)
  }

  @Test("without a monitor training goes by the objective, and in its direction")
  func objective() throws {
    let standard = try settings("patience: 1 epoch")
    #expect(standard.series == "validation.mean_iou" && standard.isHigherBetter)
    #expect(standard.minimumDelta == 0)
    let loss = try settings(
      "patience: 1 epoch", "sweep: {objective: {metric: validation.loss}}")
    #expect(loss.series == "validation.loss" && !loss.isHigherBetter)
    let worst = "sweep: {objective: {direction: minimize}}"
    #expect(try !settings("patience: 1 epoch", worst).isHigherBetter)
    #expect(try !settings("patience: 1 epoch, monitor: validation.iou", worst).isHigherBetter)
    #expect(try settings("patience: 1 epoch, monitor: validation.mean_dice", worst).isHigherBetter)
  }

  @Test("the direction is the series' own unless another is written")
  func direction() throws {
    func isHigherBetter(_ keys: String) throws -> Bool {
      try settings(
        "patience: 1 epoch, \(keys)", "evaluation: {metrics: [hd95]}"
      ).isHigherBetter
    }
    #expect(try isHigherBetter("monitor: validation.iou.disc"))
    #expect(try !isHigherBetter("monitor: training.loss"))
    #expect(try !isHigherBetter("monitor: validation.hd95"))
    #expect(try isHigherBetter("monitor: validation.hd95, direction: maximize"))
  }

  @Test("it decides the result exactly where it is written, with how the series is measured")
  func identity() throws {
    func id(_ keys: String, _ others: String...) throws -> String {
      try SampleSpecs.plan(text(keys, others)).trials[0].id
    }
    let plain = try SampleSpecs.plan(SampleSpecs.minimal("training: {epochs: 60}")).trials[0]
    #expect(!plain.record.resolvedSpec.contains("early_stopping"))
    let first = try id("patience: 5 epochs")
    #expect(first != plain.id)
    #expect(
      try id("patience: 5 epochs, min_delta: 0, monitor: validation.iou, direction: maximize")
        == first)
    let others = try [
      id("patience: 6 epochs"), id("patience: 5 evaluations"),
      id("patience: 5 epochs, min_delta: 0.1"),
      id("patience: 5 epochs, monitor: validation.mean_dice"),
      id("patience: 5 epochs", "evaluation: {every: 2}"),
    ]
    #expect(Set(others + [first, plain.id]).count == others.count + 2)
  }

  @Test("a record holds all of it, the default monitor too")
  func resolved() throws {
    let trial = try trial("patience: 5 evaluations", "sweep: {objective: {metric: training.loss}}")
    let text = trial.record.resolvedSpec
    #expect(
      text.contains(
        #""early_stopping":{"direction":"minimize","min_delta":0.0,"monitor":"training.loss","#
          + #""patience":"5 evaluations"}"#))
    let read = try ExperimentSpec(resolved: text, catalog: .sample)
    #expect(read.training == trial.spec.training)
  }

  @Test("it can be swept by path, and switched off")
  func swept() throws {
    let sweep = "sweep: {parameters: {training.early_stopping.patience: [5 epochs, 10 epochs]}}"
    let plan = try SampleSpecs.plan(SampleSpecs.minimal(sweep))
    #expect(
      plan.trials.map(\.spec.training.earlyStopping?.patience)
        == [.interval(.epochs(5)), .interval(.epochs(10))])
    let off = try SampleSpecs.plan(
      text("patience: 5 epochs"), overrides: ["training.early_stopping=null"])
    #expect(off.trials[0].spec.training.earlyStopping == nil)
  }

  @Test(
    "what is wrong is said where it stands",
    arguments: [
      ("min_delta: 0", "6:24 missing key 'patience' in training.early_stopping"),
      (
        "patience: 0 epochs",
        "6:51 training.early_stopping.patience must be like '10 epochs', '500 iterations' or "
          + "'5 evaluations', not the text '0 epochs'"
      ),
      (
        "patience: 10",
        "6:51 training.early_stopping.patience must be like '10 epochs', '500 iterations' or "
          + "'5 evaluations', not 10"
      ),
      (
        "patience: 5 epochs, min_delta: -1",
        "6:72 training.early_stopping.min_delta must be at least 0, not -1"
      ),
      (
        "patience: 5 epochs, monitor: validation.mean_iuo",
        "6:70 unknown monitor 'validation.mean_iuo' (did you mean 'validation.mean_iou'?)"
      ),
      (
        "patience: 5 epochs, monitor: mIoU",
        "6:70 unknown monitor 'mIoU' (did you mean 'validation.mean_iou'?)"
      ),
      (
        "patience: 5 epochs, monitor: validation.kappa",
        "6:70 training.early_stopping.monitor is validation.kappa, which no evaluation has "
          + "(add kappa to evaluation.metrics)"
      ),
      (
        "patience: 5 epochs, monitor: validation.iou.disk",
        "6:70 training.early_stopping.monitor is validation.iou.disk, but no class is called "
          + "'disk' (did you mean 'disc'?)"
      ),
      (
        "patience: 5 epochs, direction: up",
        "6:72 unknown direction 'up' (one of maximize, minimize)"
      ),
      (
        "patience: 5 epochs, mode: max",
        "6:61 unknown key 'mode' in training.early_stopping "
          + "(one of patience, monitor, min_delta, direction)"
      ),
    ])
  func problems(keys: String, problem: String) {
    #expect(SampleSpecs.problems(text(keys)) == [problem])
  }

  @Test("the values of images are no series that training could go by")
  func images() {
    let problems = SampleSpecs.problems(
      text(
        "patience: 5 epochs, monitor: validation.image.mean_iou.1",
        ["evaluation: {worst_images: 3}"]))
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("6:70 unknown monitor 'validation.image.mean_iou.1'"))
  }

  @Test("an objective that no evaluation has is said once, where it is written")
  func missingObjective() {
    let problems = SampleSpecs.problems(
      text("patience: 5 epochs", ["sweep: {objective: {metric: validation.kappa}}"]))
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("7:29 sweep.objective.metric is validation.kappa"))
  }

  @Test("training towards worse values, or for less time than the patience, is hardly meant")
  func warnings() throws {
    func warnings(_ keys: String) throws -> [String] {
      let plan = try SampleSpecs.plan(text(keys))
      let data = DataInspection(
        trainingSamples: 8, validationSamples: 2, size: Size(height: 96, width: 96), channels: 3)
      let inspected = InspectedPlan(plan: plan, inspections: [data])
      return Preflight(inspected: inspected, results: "results").warnings().inOrder.map {
        "\($0.diagnostic.mark.place): \($0.diagnostic.message)"
      }
    }
    #expect(try warnings("patience: 59 epochs").isEmpty)
    #expect(
      try warnings("patience: 60 epochs") == [
        "unet.yaml:6:51: the patience is 60 epochs, but the training lasts 60 epochs "
          + "(120 iterations): it never stops early"
      ])
    #expect(
      try warnings("patience: 60 evaluations") == [
        "unet.yaml:6:51: the patience is 60 evaluations, but the training has 60 evaluations: "
          + "it never stops early"
      ])
    #expect(
      try warnings("patience: 5 epochs, direction: minimize") == [
        "unet.yaml:6:72: early stopping waits for lower values of validation.mean_iou, of which a "
          + "higher value is better"
      ])
  }
}
