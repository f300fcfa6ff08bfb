@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
import Tracking

struct FailureResponsesTests {
  @Test("by default the others go on, but where the data is wrong for all")
  func standard() {
    var responses = FailureResponses(.standard)
    func response(_ kind: FailureRecord.Kind) -> FailureResponses.Response {
      responses.response(to: kind, of: "a", begunAfter: 0)
    }
    #expect(response(.diverged) == .leave)
    #expect(response(.outOfMemory) == .leave)
    #expect(response(.timedOut) == .leave)
    #expect(response(.dataError) == .stop)
    #expect(response(.crashed) == .again(count: "1 of 1"))
    #expect(response(.crashed) == .leave)
  }

  @Test("each trial has its own number of tries")
  func retries() {
    var responses = FailureResponses(FailurePolicies(all: .retry(2)))
    for id in ["a", "b"] {
      let answers = (0..<3).map { _ in
        responses.response(to: .killed, of: id, begunAfter: 5)
      }
      #expect(answers == [.again(count: "1 of 2"), .again(count: "2 of 2"), .leave])
    }
  }

  @Test("a trial is resumed as long as each attempt begins behind the one before")
  func resume() {
    var responses = FailureResponses(FailurePolicies(all: .resume))
    func response(_ beginning: Int?) -> FailureResponses.Response {
      responses.response(to: .killed, of: "a", begunAfter: beginning)
    }
    #expect(response(nil) == .again(count: nil))
    #expect(response(0) == .again(count: nil))
    #expect(response(4) == .again(count: nil))
    #expect(response(4) == .leave)
  }

  @Test("how a process ended tells what kind of failure it was")
  func ends() {
    func kind(_ end: ChildProcess.End, short: Bool = false) -> FailureRecord {
      FailureRecord(end, isShortOfMemory: short)
    }
    #expect(kind(.signalled(SIGKILL)) == FailureRecord(.killed, signal: 9))
    #expect(kind(.signalled(SIGKILL), short: true) == FailureRecord(.outOfMemory, signal: 9))
    #expect(kind(.signalled(SIGTERM), short: true) == FailureRecord(.killed, signal: 15))
    #expect(kind(.signalled(SIGSEGV), short: true) == FailureRecord(.crashed, signal: 11))
    #expect(kind(.exited(3)) == FailureRecord(.crashed))
    #expect(kind(.exited(MemoryShortage.exitStatus)) == FailureRecord(.outOfMemory))
  }
}
