import Foundation
@testable import Groundwork
import Mutations
import Testing

/// Changes small images of each format at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS` says,
/// and reads them. `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed images", .serialized)
struct ImageFuzzTests {
  /// Whatever is thrown is an answer.
  private func isRefused(_ bytes: [UInt8]) -> Bool {
    var mask = MaskValues()
    _ = try? ImageFile.header(bytes)
    try? ImageFile.decode(bytes, shades: true, into: &mask)
    return (try? ImageFile.image(bytes)) == nil
  }

  @Test(
    "no change makes a reader trap or go in circles",
    .enabled(if: FuzzRun.isWanted), arguments: SmallImages.all.indices)
  func changes(sample: Int) throws {
    let bytes = SmallImages.all[sample]
    // An image of a few bytes may say that it has 100 megapixels.
    let slow = try FuzzRun.slowSeeds("image \(sample)", limit: .seconds(10)) { seed in
      isRefused(Mutation(seed: seed).changed(bytes))
    }
    #expect(slow.isEmpty)
  }
}
