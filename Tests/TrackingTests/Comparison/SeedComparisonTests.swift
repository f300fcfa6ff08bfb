import Measurements
import Testing

@testable import Tracking

struct SeedComparisonTests {
  private static let fast = [("solver.base_lr", "1e-2")]
  private static let slow = [("solver.base_lr", "1e-3")]

  private let runs = [
    SampleRuns.run(1, fast, seed: 7, point: 0, meanIoU: [0.1, 0.40]),
    SampleRuns.run(2, fast, seed: 8, point: 0, meanIoU: [0.50, 0.1]),
    SampleRuns.run(3, slow, seed: 7, point: 1, meanIoU: [0.1, 0.60]),
    SampleRuns.run(4, slow, seed: 8, point: 1, status: .interrupted, meanIoU: [0.64]),
    SampleRuns.run(5, slow, seed: 9, point: 1, status: .waiting),
  ]

  private func column(_ name: String, of table: Comparison) -> [String]? {
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else { return nil }
    return table.rows.map { $0.cells[index].text }
  }

  @Test("the seeds of a point share a row with mean ± deviation")
  func points() {
    let table = Comparison(runs)
    #expect(column("trials", of: table) == ["3–5", "1, 2"])
    #expect(column("validation.mean_iou", of: table) == ["0.60", "0.45"])
    #expect(column("best_epoch", of: table) == ["2", "1–2"])
    #expect(column("epochs", of: table) == ["1–2", "2"])
    #expect(column("seconds", of: table) == ["48", "64"])
    #expect(column("id", of: table) == nil)
  }

  @Test("of runs that stopped early the table says so, with the epochs that were planned")
  func earlyStops() {
    func result(after epoch: Int) -> ResultRecord {
      func point(_ epoch: Int) -> EvaluationPoint {
        EvaluationPoint(step: 10 * epoch, epoch: Double(epoch))
      }
      return ResultRecord(
        outcome: .finished, cause: nil, bestValue: nil, bestEvaluation: nil, evaluations: epoch,
        earlyStop: EarlyStopRecord(
          after: point(epoch), planned: point(60), series: "validation.loss", best: point(1)))
    }
    let runs = [
      SampleRuns.run(1, Self.fast, seed: 7, point: 0, meanIoU: [0.5], result: result(after: 1)),
      SampleRuns.run(
        2, Self.fast, seed: 8, point: 0, meanIoU: [0.5, 0.4], result: result(after: 2)),
      SampleRuns.run(3, Self.slow, seed: 7, point: 1, meanIoU: [0.1, 0.2]),
    ]
    let table = Comparison(runs)
    #expect(column("epochs", of: table) == ["1–2 of 60", "2"])
    #expect(column("status", of: table) == nil)
    #expect(column("planned_epochs", of: table) == nil)
    #expect(
      table.notes.first { $0.contains("stopped early") }
        == "2 runs stopped early, as training.early_stopping says: epochs are those done of those "
        + "planned")
    var request = ComparisonRequest()
    request.holdsEverySeries = true
    let everything = try? Comparison(runs, request)
    #expect(everything.flatMap { column("planned_epochs", of: $0) } == ["60", "—"])
  }

  @Test("a row says how many of its seeds have values, and how they ended")
  func counts() {
    let table = Comparison(runs)
    #expect(column("n", of: table) == ["1/3", "2"])
    #expect(
      column("status", of: table) == ["1 finished, 1 interrupted, 1 waiting", "finished"])
    #expect(
      table.notes.first { $0.contains("not in the mean") }
        == "cells/4 (interrupted), cells/5 (waiting) are not in the mean of their point")
  }

  @Test(
    "a point of which no seed has finished has no value",
    arguments: [RunStatus.interrupted, .failed(cause: "the loss is not finite"), .running])
  func noneFinished(status: RunStatus) {
    let table = Comparison([
      SampleRuns.run(1, Self.fast, seed: 7, point: 0, status: status, meanIoU: [0.9]),
      SampleRuns.run(2, Self.fast, seed: 8, point: 0, status: status, meanIoU: [0.8]),
      SampleRuns.run(3, Self.slow, seed: 7, point: 1, meanIoU: [0.1]),
    ])
    #expect(
      column("validation.mean_iou", of: table) == [
        "0.1000", status == .running ? "…" : status.word,
      ])
    #expect(table.rows.map(\.isBest) == [true, false])
  }

  @Test("a seed that is there twice is not averaged with itself")
  func repeatedSeed() {
    let table = Comparison([
      SampleRuns.run(1, Self.fast, seed: 7, meanIoU: [0.2]),
      SampleRuns.run(2, Self.fast, seed: 8, meanIoU: [0.4]),
      SampleRuns.run(3, Self.fast, seed: 8, meanIoU: [0.9]),
    ])
    #expect(column("trials", of: table) == ["1, 3", "2"])
  }

  @Test("seeds that were added after an edit that moved the point are of the point")
  func movedPoint() {
    let table = Comparison([
      SampleRuns.run(1, Self.fast, seed: 7, point: 0, meanIoU: [0.2]),
      SampleRuns.run(6, Self.fast, seed: 8, point: 3, meanIoU: [0.4]),
    ])
    #expect(column("trials", of: table) == ["1, 6"])
  }

  @Test("a single seed has a value without a deviation")
  func single() {
    let table = Comparison(Array(runs.prefix(3)))
    #expect(column("validation.mean_iou", of: table) == ["0.60", "0.45"])
  }

  @Test("each run can have a row of its own, with its seed")
  func each() {
    let table = Comparison(each: runs)
    #expect(column("trial", of: table) == ["4", "3", "2", "1", "5"])
    #expect(column("seed", of: table) == ["8", "7", "8", "7", "9"])
  }

  @Test("the values of a damaged run do not enter the mean")
  func damaged() {
    let damaged = SampleRuns.run(
      6, Self.fast, seed: 9, point: 0, meanIoU: [1], damage: ["progress.h5: cut short"])
    let table = Comparison(runs.prefix(2) + [damaged])
    #expect(column("validation.mean_iou", of: table) == ["0.45"])
    #expect(column("n", of: table) == ["2/3"])
    #expect(column("status", of: table) == ["2 finished, 1 damaged"])
  }

  @Test("seeds that were trained on other data are not averaged, though they validated alike")
  func otherTraining() {
    func run(_ number: Int, seed: UInt64, list: String, _ meanIoU: Double) -> RunRecord {
      SampleRuns.run(
        number, Self.fast, seed: seed, point: 0, meanIoU: [meanIoU], validation: "v", list: list)
    }
    let table = Comparison([
      run(1, seed: 7, list: "old", 0.2), run(2, seed: 8, list: "old", 0.4),
      run(3, seed: 9, list: "new", 0.9),
    ])
    #expect(column("trials", of: table) == ["3", "1, 2"])
    #expect(column("training data", of: table) == ["new", "old"])
    #expect(column("validation.mean_iou", of: table) == ["0.90", "0.30"])
  }

  @Test("trials before and after an edit of the spec are not averaged")
  func editedSpec() {
    let runs = [
      SampleRuns.run(
        1, seed: 7, point: 0, spec: #"{"seed":7,"training":{"epochs":1}}"#, meanIoU: [0.2]),
      SampleRuns.run(
        2, seed: 8, point: 0, spec: #"{"seed":8,"training":{"epochs":1}}"#, meanIoU: [0.4]),
      SampleRuns.run(
        1, id: "1212121212121212", seed: 7, point: 0, spec: #"{"seed":7,"training":{"epochs":9}}"#,
        meanIoU: [0.8]),
    ]
    #expect(
      column("validation.mean_iou", of: Comparison(runs))
        == ["0.80", "0.30"])
    #expect(column("training.epochs", of: Comparison(runs)) == ["9", "1"])
  }

  @Test("a changed description does not part the seeds of a point")
  func changedDescription() {
    let runs = [
      SampleRuns.run(1, seed: 7, point: 0, spec: #"{"about":"a","seed":7}"#, meanIoU: [0.2]),
      SampleRuns.run(2, seed: 8, point: 0, spec: #"{"about":"b","seed":8}"#, meanIoU: [0.4]),
    ]
    #expect(Comparison(runs).rows.count == 1)
  }

  @Test("the folds of a point share a row, each run of its own has its fold")
  func folds() {
    let runs = [(1, 0.2), (2, 0.4), (3, 0.6)].map { fold, value in
      SampleRuns.run(
        fold, Self.fast + [("data.validation.fold", "\(fold)")], point: 0,
        spec: #"{"data":{"validation":{"fold":\#(fold),"folds":3}},"seed":7}"#, meanIoU: [value])
    }
    let other = SampleRuns.run(
      4, Self.slow + [("data.validation.fold", "2")], point: 1,
      spec: #"{"data":{"validation":{"fold":2,"folds":3}},"seed":7}"#, meanIoU: [0.3])
    let table = Comparison(runs + [other])
    #expect(column("validation.mean_iou", of: table) == ["0.40 ± 0.20", "0.30"])
    #expect(column("n", of: table) == ["3", "1"])
    #expect(table.replicates == "folds")
    #expect(column("data.validation.fold", of: table) == nil)
    let each = Comparison(each: runs)
    #expect(column("data.validation.fold", of: each) == ["3", "2", "1"])
  }
}
