import Foundation
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

/// A few changes of a file, which follow from a seed.
private struct Mutation {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  func changed(_ bytes: [UInt8]) -> [UInt8] {
    var (random, bytes) = (self, bytes)
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(8) {
      case 0: bytes[place] ^= 1 << UInt8(random.below(8))
      case 1: bytes[place] = UInt8(random.below(256))
      case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][random.below(6)]
      case 3:
        let number = [0, 1, .max, .max / 2, 1 << 31, 1 << 32, UInt64(bytes.count)][random.below(7)]
        for offset in 0..<min(1 << random.below(4), bytes.count - place) {
          bytes[place + offset] = UInt8(truncatingIfNeeded: number >> UInt64(8 * offset))
        }
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(16)))
      case 5:
        let length = min(1 + random.below(64), bytes.count - place)
        bytes.insert(contentsOf: bytes[place..<(place + length)], at: random.below(bytes.count))
      case 6:
        let length = min(1 + random.below(16), bytes.count - place)
        let other = random.below(bytes.count - length + 1)
        bytes.replaceSubrange(
          place..<(place + length), with: Array(bytes[other..<(other + length)]))
      default: bytes.removeLast(random.below(min(bytes.count, 64)))
      }
    }
    return bytes
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(limit))
  }
}
