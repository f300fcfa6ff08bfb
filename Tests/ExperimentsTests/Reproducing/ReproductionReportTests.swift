import Testing

@testable import Experiments

struct ReproductionReportTests {
  private let unchanged = Circumstances(
    recorded: SampleRuns.provenance, present: SampleRuns.provenance)

  @Test("an identical repetition is told by its counts and ends well")
  func identical() {
    let report = ReproductionReport(
      .identical(rounds: 12, tensors: 66, checkpoints: 2), of: "a/1", unchanged)
    #expect(report.status == .done)
    #expect(report.text == "identical: 12 rounds, 66 tensors, 2 checkpoints")
  }

  @Test("a difference names its first place and every change of circumstances")
  func differs() {
    var present = SampleRuns.provenance
    present.threads = 4
    let divergence = Divergence(round: 3, tensors: ["head.weight"], series: [])
    let report = ReproductionReport(
      .differs(divergence), of: "a/1",
      Circumstances(recorded: SampleRuns.provenance, present: present))
    #expect(report.status == .differs)
    #expect(
      report.text == """
        different from round 3: tensor head.weight
        what has changed since the record:
          threads: 2 → 4
        """)
  }

  @Test("a difference without a cause is said to be one")
  func unexplained() {
    let report = ReproductionReport(.checkpointsDiffer(["best"]), of: "a/1", unchanged)
    #expect(report.status == .differs)
    #expect(report.text.contains("this should not happen"))
  }

  @Test("a repetition that was stopped can be asked for again")
  func interrupted() {
    #expect(ReproductionReport(.interrupted, of: "a/1", nil).status == .interrupted)
  }
}
