import Foundation
@testable import Groundwork
import Mutations
import Testing

/// Changes small images of each format at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS` says,
/// and reads them. `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed images", .serialized)
struct ImageFuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["EXPERIMENTS_FUZZ_SECONDS"].flatMap(Double.init)
  private static let seed = environment["EXPERIMENTS_FUZZ_SEED"].flatMap(UInt64.init)
  /// No small file may take its reader longer: it says that it is of 100 megapixels at most.
  private static let limit = Duration.seconds(10)

  /// Whatever is thrown is an answer.
  private func read(_ bytes: [UInt8]) {
    var mask = MaskValues()
    _ = try? ImageFile.header(bytes)
    _ = try? ImageFile.image(bytes)
    try? ImageFile.decode(bytes, shades: true, into: &mask)
  }

  @Test(
    "no change makes a reader trap or go in circles",
    .enabled(if: seconds != nil || seed != nil), arguments: SmallImages.all.indices)
  func changes(sample: Int) throws {
    let bytes = SmallImages.all[sample]
    if let seed = Self.seed { return read(Mutation(seed: seed).changed(bytes)) }
    // A trap ends the process: the seed that made it stands in this file then.
    let path = NSTemporaryDirectory() + "fuzz-image-\(sample).seed"
    let log = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(log) }
    var seed = UInt64(Date().timeIntervalSince1970 * 1000) << 20
    print("image \(sample): seeds from \(seed) on, the last one in \(path)")
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.seconds ?? 0)
    var executions = 0
    while clock.now < end {
      seed += 1
      let text = Array("\(seed)\n".utf8)
      _ = pwrite(log, text, text.count, 0)
      let start = clock.now
      read(Mutation(seed: seed).changed(bytes))
      #expect(clock.now - start < Self.limit, "seed \(seed)")
      executions += 1
    }
    print("image \(sample): \(executions) executions")
  }
}
