import Foundation
import Mutations
import Testing

@testable import WeightFiles

/// Changes small files of each format at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS`
/// says, and reads them. `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed weight files", .serialized)
struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["EXPERIMENTS_FUZZ_SECONDS"].flatMap(Double.init)
  private static let seed = environment["EXPERIMENTS_FUZZ_SEED"].flatMap(UInt64.init)
  /// No small file may take its reader longer.
  private static let limit = Duration.seconds(5)

  @Test(
    "no change makes a reader trap or go in circles",
    .enabled(if: seconds != nil || seed != nil), arguments: Sample.all)
  func changes(sample: Sample) throws {
    if let seed = Self.seed {
      _ = refusal(Mutation(seed: seed).changed(sample.bytes))
      return
    }
    // A trap ends the process: the seed that made it stands in this file then.
    let path =
      NSTemporaryDirectory() + "fuzz-\(sample.testDescription.replacing(" ", with: "-")).seed"
    let log = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(log) }
    var seed = UInt64(Date().timeIntervalSince1970 * 1000) << 20
    print("\(sample.testDescription): seeds from \(seed) on, the last one in \(path)")
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.seconds ?? 0)
    var (executions, refused) = (0, 0)
    while clock.now < end {
      seed += 1
      let text = Array("\(seed)\n".utf8)
      _ = pwrite(log, text, text.count, 0)
      let start = clock.now
      if refusal(Mutation(seed: seed).changed(sample.bytes)) != nil { refused += 1 }
      #expect(clock.now - start < Self.limit, "seed \(seed)")
      executions += 1
    }
    print("\(sample.testDescription): \(executions) executions, \(refused) refused")
  }
}
