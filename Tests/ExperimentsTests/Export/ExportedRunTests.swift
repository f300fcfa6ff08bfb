@testable import Experiments
import Testing
import Tracking

@Suite struct ExportedRunTests {
  /// A run that keeps these checkpoints.
  private func run(_ names: String...) -> RunRecord {
    let run = SampleRuns.run()
    return RunRecord(
      id: run.id, experiment: run.experiment, number: run.number, trial: run.trial,
      status: run.status, history: nil,
      checkpoints: names.map {
        CheckpointRecord(
          name: $0, file: "checkpoints/\($0).h5", bytes: 1, sha256: "",
          evaluation: SampleRuns.point(1))
      },
      attempts: [], result: nil, damage: [])
  }

  @Test("the best checkpoint is exported where there is one, else the last")
  func choice() throws {
    #expect(try ExportedRun.checkpoint(of: run("best", "last"), named: nil) == "best")
    #expect(try ExportedRun.checkpoint(of: run("last"), named: nil) == "last")
    #expect(try ExportedRun.checkpoint(of: run("best", "last"), named: "last") == "last")
  }

  @Test("a checkpoint that is not there is refused with what is")
  func refusals() {
    let none = #expect(throws: Failure.self) {
      try ExportedRun.checkpoint(of: run(), named: nil)
    }
    #expect(none?.status == .nothingMatched)
    #expect(none?.message?.contains("run its spec until it has been evaluated") == true)
    let other = #expect(throws: Failure.self) {
      try ExportedRun.checkpoint(of: run("last"), named: "best")
    }
    #expect(other?.message?.contains("add --checkpoint last") == true)
  }
}
