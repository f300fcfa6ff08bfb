import Testing

@testable import Tracking

struct BestPointsTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  /// Three points of two seeds: the loss of point p and seed s at the only evaluation is (p + s) / 10, but
  /// the second seed of the best point has not finished.
  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(root: folder.path, waitsForDisk: false)
    for point in 1...3 {
      for seed in 1...2 {
        let number = 2 * (point - 1) + seed
        var trial = Samples.trial(
          number: number, seed: UInt64(seed),
          spec: "{\"seed\":\(seed),\"solver\":{\"base_lr\":\(point)}}")
        trial.objective = Objective(metric: "training.loss", maximize: false)
        trial.hyperparameters = []
        let id = "0123456789abcd\(point)\(seed)"
        try store.prepare(trial, id: id)
        let writer = try store.open(id, experiment: Samples.experiment)
        try writer.beginAttempt(Samples.provenance())
        var history = Samples.history(evaluations: 1)
        history.rows[0].values[0] = .number(Double(point + seed) / 10)
        try writer.commit(history, checkpoint: nil, isBest: false, isLast: false)
        guard number != 2 else { continue }
        try writer.finish(
          ResultRecord(
            outcome: .finished, cause: nil, bestValue: nil, bestEvaluation: nil, evaluations: 1))
      }
    }
  }

  private func numbers(_ count: Int, each: Bool = false, by order: RunOrder? = nil) throws -> [Int]
  {
    let runs = try RunIndex(store, margin: -10_000_000_000).catalogue().runs
    return BestPoints(of: runs, count: count, each: each, by: order).runs.map(\.number)
  }

  @Test("points are ranked by the mean of the seeds that finished, and every seed is read")
  func points() throws {
    #expect(try numbers(1) == [1, 2])
    #expect(try numbers(2) == [1, 2, 3, 4])
    #expect(try numbers(9) == [1, 2, 3, 4, 5, 6])
  }

  @Test("where every run has a row of its own, runs are ranked")
  func each() throws {
    #expect(try numbers(3, each: true) == [1, 2, 3])
  }

  @Test("another value may rank them")
  func otherValue() throws {
    #expect(try numbers(1, by: RunOrder("-max(training.loss)")) == [5, 6])
  }
}
