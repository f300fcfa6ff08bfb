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

  @Test("limits that nothing is written of are none, and the policies are those of the reference")
  func standard() throws {
    let limits = try SampleSpecs.plan(SampleSpecs.minimal("limits: {}")).limits
    #expect(limits.time == nil && limits.heartbeat == nil && limits.onFailure == nil)
  }

  @Test(
    "what is done about failures is written for all or for each kind, and is kept in the record",
    arguments: [
      ("stop", FailurePolicies(all: .stop)), ("{retry: 2}", FailurePolicies(all: .retry(2))),
      ("{}", .standard),
      (
        "{out_of_memory: stop, killed: {retry: 3}, crashed: resume, diverged: stop}",
        {
          var policies = FailurePolicies.standard
          (policies.outOfMemory, policies.killed) = (.stop, .retry(3))
          (policies.crashed, policies.diverged) = (.resume, .stop)
          return policies
        }()
      ),
    ])
  func policies(text: String, expected: FailurePolicies) throws {
    let spec = SampleSpecs.minimal("limits: {on_failure: \(text), time: 2 h, heartbeat: 60 s}")
    let plan = try SampleSpecs.plan(spec)
    #expect(plan.limits.onFailure == expected)
    #expect(plan.limits.time?.seconds == 7200 && plan.limits.heartbeat?.seconds == 60)
    let trial = try #require(plan.trials.first)
    let again = try ExperimentSpec(resolved: trial.record.resolvedSpec, catalog: .sample)
    #expect(again.limits == plan.limits)
    let without = try SampleSpecs.plan(SampleSpecs.minimal("limits: {}"))
    #expect(without.trials.first?.id == trial.id, "limits decide nothing of a trial")
  }

  @Test("one policy for all tries nothing again that would end in the same way")
  func allPolicies() {
    let policies = FailurePolicies(all: .retry(5))
    #expect(policies[.diverged] == .leave && policies[.timedOut] == .leave)
    #expect(policies[.hung] == .retry(5))
    #expect(FailurePolicies(all: .stop)[.diverged] == .stop)
  }

  @Test(
    "a policy that there is not, or that would change nothing, is refused",
    arguments: [
      ("halt", "unknown policy 'halt'"), ("{killed: ignore}", "unknown policy 'ignore'"),
      ("{diverged: resume}", "unknown policy 'resume'"), ("{slow: stop}", "unknown key 'slow'"),
      ("{crashed: {retry: 0}}", "limits.on_failure.crashed.retry must be from 1 to 100, not 0"),
    ])
  func wrongPolicy(text: String, expected: String) {
    let problems = SampleSpecs.problems(SampleSpecs.minimal("limits: {on_failure: \(text)}"))
    #expect(problems.count == 1 && problems.allSatisfy { $0.contains(expected) }, "\(problems)")
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
