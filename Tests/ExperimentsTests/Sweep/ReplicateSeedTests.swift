@testable import Datasets
@testable import Experiments
import Testing

@Suite("Seeds of replicates")
struct ReplicateSeedTests {
  // Records are compared in pairs by these seeds: a change of them unpairs old and new trials.
  @Test("seeds are what they have always been")
  func stable() {
    #expect(ReplicateSeed.seed(of: 0, experiment: 7) == 7)
    #expect(ReplicateSeed.seed(of: 1, experiment: 1) == 3_426_880_038_350_228_250)
  }

  @Test("seeds are not negative and differ from replicate to replicate and seed to seed")
  func spread() {
    let seeds = (0..<20).flatMap { seed in
      (1..<50).map { ReplicateSeed.seed(of: $0, experiment: seed) }
    }
    #expect(seeds.allSatisfy { $0 >= 0 })
    #expect(Set(seeds).count == seeds.count)
  }
}
