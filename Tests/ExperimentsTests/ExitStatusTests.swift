import Foundation
import Testing

@testable import Experiments

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
