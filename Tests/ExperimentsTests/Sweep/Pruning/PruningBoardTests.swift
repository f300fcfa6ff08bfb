@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Measurements
import Testing
@testable import Tracking

@Suite("What is decided of the trials of a sweep that prunes")
struct PruningBoardTests {
  private func plan(_ pruner: String, seeds: Int = 1, rates: Int = 4) throws -> TrialPlan {
    try SampleSpecs.plan(
      SampleSpecs.minimal(
        "sweep: {seeds: \(seeds), pruner: \(pruner), parameters: {solver.base_lr: ["
          + (1...rates).map { "0.\($0)" }.joined(separator: ", ") + "]}}"))
  }

  private func history(_ values: [Double], losses: [Double] = []) -> MetricHistory {
    MetricHistory(
      series: [
        SeriesDescription("training.loss", title: "", higherIsBetter: false, about: ""),
        SeriesDescription("validation.mean_iou", title: "", higherIsBetter: true, about: ""),
      ], tensorNames: [],
      rows: values.enumerated().map { index, value in
        MetricHistory.Row(
          EvaluationPoint(step: 5 * (index + 1), epoch: Double(index + 1)),
          values: [
            .number(losses.indices.contains(index) ? losses[index] : 1), .number(value),
          ], tensorDigests: [], attempt: 1)
      })
  }

  @Test("a sweep without a pruner has none, and the trials of one keep their ids")
  func none() throws {
    let bare = try SampleSpecs.plan(
      SampleSpecs.minimal("sweep: {parameters: {solver.base_lr: [0.1, 0.2, 0.3, 0.4]}}"))
    #expect(bare.pruning == nil)
    let own = try plan("diverged")
    #expect(own.trials.map(\.id) == bare.trials.map(\.id))
    let compared = try plan("asha")
    #expect(
      compared.trials.allSatisfy { $0.spec.training.computation.determinism == .portable })
  }

  @Test("what is worse than those before it ends, with its reason in words")
  func rungs() throws {
    let plan = try plan("{asha: {among: earlier}}")
    var board = try PruningBoard(#require(plan.pruning))
    let ids = plan.trials.map(\.id)
    board.learn(history([0.5]), of: ids[0])
    board.learn(history([0.4]), of: ids[1])
    board.learn(history([0.6]), of: ids[3])
    #expect(board.decision(of: ids[0]) == .goesOn)
    #expect(board.decision(of: ids[2]) == .goesOn)
    #expect(board.decision(of: ids[3]) == .waits(on: 3))
    guard case .ends(let pruning) = board.decision(of: ids[1]) else {
      Issue.record("the second is worse than the first")
      return
    }
    #expect(pruning.reason == "below the best of the first 2 trials at epoch 1")
    #expect(
      pruning.pruner == "{\"asha\":{\"among\":\"earlier\",\"factor\":3,\"min\":\"1 epoch\","
        + "\"value\":\"best_so_far\"}}")
    #expect(pruning.rung == 1)
    #expect(pruning.after == EvaluationPoint(step: 5, epoch: 1))
    #expect(pruning.planned?.epoch == pruning.planned.map { Double($0.step) / 5 })
  }

  @Test("the seeds of a point wait for each other and end together")
  func seeds() throws {
    let plan = try plan("{asha: {among: all}}", seeds: 2, rates: 2)
    var board = try PruningBoard(#require(plan.pruning))
    let ids = plan.trials.map(\.id)
    for (index, value) in [0.2, 0.5, 0.9].enumerated() {
      board.learn(history([value]), of: ids[index])
    }
    #expect(board.decision(of: ids[2]) == .waits(on: 3))
    #expect(board.decision(of: ids[3]) == .goesOn)
    board.learn(history([0.1]), of: ids[3])
    #expect(board.decision(of: ids[2]) == .goesOn)
    for id in ids.prefix(2) {
      guard case .ends = board.decision(of: id) else {
        Issue.record("0.35 is below 0.5")
        continue
      }
    }
  }

  @Test("each pruner of a list can end a trial; the one that ends it first does")
  func lists() throws {
    let plan = try plan(
      "[{threshold: {metric: training.loss, upper: 2}}, {patience: {evaluations: 1}}]")
    var board = try PruningBoard(#require(plan.pruning))
    let ids = plan.trials.map(\.id)
    board.learn(history([0.5, 0.4], losses: [1, 1]), of: ids[0])
    board.learn(history([0.5, 0.6], losses: [1, 3]), of: ids[1])
    board.learn(history([0.5, 0.6]), of: ids[2])
    func reason(_ index: Int) -> String? {
      if case .ends(let pruning) = board.decision(of: ids[index]) { pruning.reason } else { nil }
    }
    #expect(reason(0) == "no better for 1 evaluation at epoch 2")
    #expect(reason(1) == "a value of 3 outside of the bounds at epoch 2")
    #expect(reason(2) == nil)
  }

  @Test("a worker reads back what it is given")
  func file() throws {
    let plan = try plan("[diverged, {hyperband: {brackets: exact}}]", seeds: 2)
    let pruning = try #require(plan.pruning)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try pruning.write(to: file.path)
    let read = try SweepPruning(reading: file.path)
    #expect(read.members == pruning.members)
    #expect(read.pruner.canonical == pruning.pruner.canonical)
    #expect(read.objective == pruning.objective)
    #expect(read.unit == pruning.unit)
    #expect(read.batches == nil)
  }
}
