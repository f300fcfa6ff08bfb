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
}
