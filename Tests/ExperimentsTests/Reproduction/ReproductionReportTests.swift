@testable import Experiments
import Testing
@testable import Tracking

struct ReproductionReportTests {
  private let unchanged = EnvironmentDifference(
    recorded: SampleRuns.provenance, present: SampleRuns.provenance)

  @Test("an identical repetition is told by its counts and ends well")
  func identical() {
    let report = ReproductionReport(
      .identical(evaluations: 12, tensors: 66, checkpoints: 2), of: "a/1", unchanged)
    #expect(report.status == .done)
    #expect(report.text == "identical: 12 evaluations, 66 tensors, 2 checkpoints")
  }

  @Test("a difference names its first place and every change of the environment")
  func differs() {
    var present = SampleRuns.provenance
    present.threads = 4
    let divergence = Divergence(
      evaluation: SampleRuns.point(3), tensors: ["head.weight"], series: [])
    let report = ReproductionReport(
      .differs(divergence), of: "a/1",
      EnvironmentDifference(recorded: SampleRuns.provenance, present: present))
    #expect(report.status == .differs)
    #expect(
      report.text == """
        different from step 30 (epoch 3): tensor head.weight
        what has changed since the record:
          threads: 2 → 4
        """)
  }

  @Test("a difference without a cause is said to be one")
  func unexplained() {
    let report = ReproductionReport(.checkpointsDiffer(["best"]), of: "a/1", unchanged)
    #expect(report.status == .differs)
    #expect(report.text.contains("nothing that is recorded has changed since"))
  }

  @Test("a difference in an evaluation of a later attempt names that attempt and what it ran with")
  func laterAttempt() {
    var later = SampleRuns.provenance
    (later.attempt, later.machine.instructionSet) = (2, "sse41")
    let divergence = Divergence(
      evaluation: SampleRuns.point(3), tensors: ["head.weight"], series: [])
    let report = ReproductionReport(
      .differs(divergence), of: "a/1",
      EnvironmentDifference(recorded: later, present: SampleRuns.provenance), attempt: 2)
    #expect(report.text.contains("what attempt 2, which computed it, ran with"))
    #expect(report.text.hasSuffix("  instruction set: sse41 → avx512_core"))
  }

  @Test("what could not be repeated is not said to differ")
  func nothingRepeated() {
    #expect(ReproductionReport(.dataChanged, of: "a/1", unchanged).status == .badInput)
    #expect(ReproductionReport(.stopped("disk"), of: "a/1", nil).status == .damagedStore)
  }

  @Test("a repetition that was stopped can be asked for again")
  func interrupted() {
    #expect(ReproductionReport(.interrupted, of: "a/1", nil).status == .interrupted)
  }
}
