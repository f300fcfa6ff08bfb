@testable import Datasets
@testable import Experiments
import Testing
import Tracking

struct EnvironmentDifferenceTests {
  private let recorded = SampleRuns.provenance

  @Test("the same environment promises the same bytes, on any host and day")
  func same() {
    var present = recorded
    (present.host, present.startedAt, present.gitCommit) = ("two", "2027-01-01T00:00:00Z", "abc")
    let environment = EnvironmentDifference(recorded: recorded, present: present)
    #expect(environment.changes.isEmpty)
    #expect(environment.expectation.contains("the same bytes are expected"))
  }

  @Test("every cause that changed is named, the likeliest first")
  func changes() {
    var present = recorded
    present.threads = 4
    present.machine.instructionSet = "avx2"
    present.build.executable = String(repeating: "c", count: 64)
    present.libraries[0].version = "3.0"
    present.environment["OMP_PROC_BIND"] = "true"
    let environment = EnvironmentDifference(recorded: recorded, present: present)
    #expect(
      environment.changes.map(\.what)
        == ["threads", "instruction set", "build", "oneDNN", "OMP_PROC_BIND"])
    #expect(environment.changes[0].description == "threads: 2 → 4")
    #expect(environment.expectation.hasPrefix("threads (and 4 more)"))
    #expect(!environment.dataChanged)
  }

  @Test("changed data is told from everything else")
  func data() {
    var present = recorded
    present.data[0].sha256 = String(repeating: "d", count: 64)
    #expect(EnvironmentDifference(recorded: recorded, present: present).dataChanged)
    present.data = []
    #expect(EnvironmentDifference(recorded: recorded, present: present).dataChanged)
  }
}
