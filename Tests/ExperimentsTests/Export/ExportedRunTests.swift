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
    #expect(try TrainedRun.checkpoint(nil, of: run("last", "best")).name == "best")
    #expect(try TrainedRun.checkpoint(nil, of: run("last")).name == "last")
    #expect(try TrainedRun.checkpoint("last", of: run("best", "last")).name == "last")
  }

  @Test("a run without its checkpoint is refused with a remedy")
  func refusals() {
    let none = #expect(throws: Failure.self) { try TrainedRun.checkpoint(nil, of: run()) }
    #expect(none?.status == .badInput)
    #expect(none?.message?.contains("until one is kept") == true)
    let other = #expect(throws: Failure.self) { try TrainedRun.checkpoint("best", of: run("last")) }
    #expect(other?.message?.contains("it keeps last") == true)
  }
}
