@testable import Experiments
import Testing

@Suite("Limits in a spec")
struct LimitsSectionTests {
  @Test(
    "images are kept in 2 GiB and in half of a trial's memory at most, unless the spec says otherwise",
    arguments: [
      ("{}", 2 << 30), ("{memory: 64 GB}", 2 << 30), ("{memory: 2 GB}", 1_000_000_000),
      ("{memory: 2 GB, cache_memory: 1500000000}", 1_500_000_000), ("{cache_memory: 0}", 0),
    ])
  func keptImages(limits: String, bytes: Int) throws {
    let plan = try SampleSpecs.plan(SampleSpecs.minimal("limits: \(limits)"))
    #expect(plan.limits.keptImages == bytes)
  }

  @Test(
    "the time of a sweep has a unit",
    arguments: [
      ("30 s", 30, "30 seconds"), ("1.5 min", 90, "90 seconds"), ("6 h", 21600, "6 hours"),
      ("2 days", 172_800, "2 days"), ("0.5 s", 0.5, "0.5 seconds"),
    ])
  func totalTime(text: String, seconds: Double, kept: String) throws {
    let plan = try SampleSpecs.plan(SampleSpecs.minimal("limits: {total_time: \(text)}"))
    #expect(plan.limits.totalTime?.seconds == seconds)
    let trial = try #require(plan.trials.first)
    #expect(trial.record.resolvedSpec.contains("\"total_time\":\"\(kept)\""))
    let again = try ExperimentSpec(resolved: trial.record.resolvedSpec, catalog: .sample)
    #expect(again.limits == plan.limits)
  }

  @Test(
    "a time without a unit, or of nothing, is refused", arguments: ["6", "0 h", "6 weeks", "h"])
  func wrongTime(text: String) {
    #expect(
      SampleSpecs.problems(SampleSpecs.minimal("limits: {total_time: \(text)}")).allSatisfy {
        $0.contains("limits.total_time must be like '30 min' or '6 h'")
      })
    #expect(throws: SpecErrors.self) {
      try SampleSpecs.plan(SampleSpecs.minimal("limits: {total_time: \(text)}"))
    }
  }
}
