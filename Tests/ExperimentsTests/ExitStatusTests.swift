@testable import Datasets
@testable import Experiments
import Foundation
import Testing
import Tracking

struct ExitStatusTests {
  @Test("errors of specs and of data are bad input; errors of files are not")
  func statuses() {
    #expect(ExitStatus.status(of: SpecErrors([])) == .badInput)
    #expect(ExitStatus.status(of: CocoaError(.fileNoSuchFile)) == .damagedStore)
  }

  @Test("an error that nobody knows is left to the command line's parser")
  func unknown() {
    struct Unknown: Error {}
    #expect(ExitStatus.status(of: Unknown()) == nil)
  }

  @Test("damaged records outweigh failures, which outweigh trials that others work on")
  func weights() {
    var summary = Runner.Summary()
    summary.outcomes = ["a": .finished, "b": .busy(reason: "process 7 on host")]
    #expect(SweepReport.status(of: summary) == .interrupted)
    for outcome in [
      TrialOutcome.failed(cause: ""), .stopped(cause: ""), .refused(reason: ""),
    ] {
      summary.outcomes["c"] = outcome
      #expect(SweepReport.status(of: summary) == .failed)
    }
    summary.outcomes["d"] = .damaged(reason: "bits")
    #expect(SweepReport.status(of: summary) == .damagedStore)
  }

  @Test("a trial that another process ended meanwhile ended so; one whose record is gone did not")
  func meanwhile() {
    func outcome(_ said: TrialOutcome, _ recorded: RunStatus?) -> TrialOutcome? {
      let runs = recorded.map { [SampleRuns.run(status: $0)] } ?? []
      return SweepReport.outcomes([SampleRuns.id: said], runs)[SampleRuns.id]
    }
    #expect(outcome(.busy(reason: "x"), .finished) == .finished)
    #expect(outcome(.busy(reason: "x"), .running) == .busy(reason: "x"))
    #expect(outcome(.busy(reason: "x"), .failed(cause: "y")) == .failed(cause: "y"))
    #expect(outcome(.finished, .finished) == .finished)
    for status in [nil, RunStatus.interrupted, .damaged] {
      guard case .damaged = outcome(.finished, status) else {
        Issue.record("\(String(describing: status))")
        continue
      }
    }
  }

  @Test("what the system refused is told in its words, with the file")
  func words() {
    let error = CocoaError(
      .fileWriteOutOfSpace,
      userInfo: [NSFilePathErrorKey: "a/b", NSUnderlyingErrorKey: POSIXError(.ENOSPC)])
    #expect(SystemRefusal.words(for: error) == "a/b: cannot write: No space left on device")
  }

  @Test("a second request to stop outweighs a first one, which outweighs failures")
  func sweeps() {
    var summary = Runner.Summary()
    summary.outcomes = ["a": .finished]
    #expect(SweepReport.status(of: summary) == .done)
    summary.outcomes["b"] = .failed(cause: "diverged")
    #expect(SweepReport.status(of: summary) == .failed)
    summary.stopRequests = 1
    #expect(SweepReport.status(of: summary) == .interrupted)
    summary.stopRequests = 2
    #expect(SweepReport.status(of: summary) == .killed)
  }
}
