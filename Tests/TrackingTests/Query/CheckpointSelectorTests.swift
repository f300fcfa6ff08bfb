import Measurements
import Testing

@testable import Tracking

struct CheckpointSelectorTests {
  private let runs = [
    Self.run(1, checkpoints: ["best", "last"]), Self.run(2, checkpoints: ["last"]),
    Self.run(3, checkpoints: []),
  ]

  private static func run(_ number: Int, checkpoints: [String]) -> RunRecord {
    let run = SampleRuns.run(number, begun: "2026-03-0\(number)T10:00:00Z")
    return RunRecord(
      id: run.id, experiment: run.experiment, number: number, trial: run.trial,
      status: .finished, history: nil,
      checkpoints: checkpoints.map {
        CheckpointRecord(
          name: $0, file: "checkpoints/\($0).h5", bytes: 1, sha256: "",
          evaluation: EvaluationPoint(step: 1, epoch: 1))
      }, attempts: run.attempts, result: nil, damage: [])
  }

  @Test(
    "what stands behind the last @ names the checkpoint, which is the best where nothing does",
    arguments: [
      ("camvid/3@last", "camvid/3", "last"), ("camvid/3@best", "camvid/3", "best"),
      ("camvid/3", "camvid/3", "best"), ("9f8e@last", "9f8e", "last"),
      ("@last", "@last", "best"), ("@last@last", "@last", "last"),
      ("@best:camvid", "@best:camvid", "best"), ("@best:camvid@last", "@best:camvid", "last"),
    ])
  func forms(text: String, run: String, checkpoint: String) throws {
    let selector = try CheckpointSelector(text)
    #expect(selector.run.description == run && selector.checkpoint == checkpoint)
  }

  @Test("a run is selected with the checkpoint that it keeps")
  func selection() throws {
    let (run, checkpoint) = try CheckpointSelector("cells/2@last").select(from: runs)
    #expect(run.number == 2 && checkpoint.file == "checkpoints/last.h5")
  }

  @Test(
    "several runs, and a checkpoint that is not kept, are refused with the names there are",
    arguments: [
      ("cells", "'cells' is 3 runs; name one of them: cells/1, cells/2, cells/3"),
      ("cells/2", "cells/2 keeps no checkpoint 'best'; there is cells/2@last"),
      (
        "cells/3@last",
        "cells/3 keeps no checkpoint 'last'; it has none at all: train it until its first "
          + "evaluation, with checkpoints.keep in its spec"
      ),
    ])
  func refusals(text: String, message: String) {
    let error = #expect(throws: SelectorError.self) {
      try CheckpointSelector(text).select(from: runs)
    }
    #expect(error?.description == message)
  }
}
