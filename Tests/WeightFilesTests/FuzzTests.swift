import Foundation
import Mutations
import Testing

@testable import WeightFiles

/// Changes small files of each format at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS`
/// says, and reads them. `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed weight files", .serialized)
struct FuzzTests {

  @Test(
    "no change makes a reader trap or go in circles",
    .enabled(if: FuzzRun.isWanted), arguments: Sample.all)
  func changes(sample: Sample) throws {
    let slow = try FuzzRun.slowSeeds(sample.testDescription) { seed in
      refusal(Mutation(seed: seed).changed(sample.bytes)) != nil
    }
    #expect(slow.isEmpty)
  }
}
