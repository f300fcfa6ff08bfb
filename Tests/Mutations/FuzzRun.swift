import Foundation

/// Reads changed files for as many seconds as `EXPERIMENTS_FUZZ_SECONDS` says; `EXPERIMENTS_FUZZ_SEED` repeats
/// one change.
package enum FuzzRun {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["EXPERIMENTS_FUZZ_SECONDS"].flatMap(Double.init)
  private static let seed = environment["EXPERIMENTS_FUZZ_SEED"].flatMap(UInt64.init)

  /// True where the environment asks for it.
  package static let isWanted = seconds != nil || seed != nil

  /// - Parameters:
  ///   - name: of what is changed.
  ///   - limit: no small file may take its reader longer.
  ///   - read: changes by a seed and reads; says whether it was refused.
  /// - Returns: the seeds whose changes took longer than the limit.
  package static func slowSeeds(
    _ name: String, limit: Duration = .seconds(5), _ read: (_ seed: UInt64) throws -> Bool
  ) throws -> [UInt64] {
    if let seed {
      _ = try read(seed)
      return []
    }
    // A trap ends the process: the seed that made it stands in this file then.
    let file = name.replacing("/", with: "-").replacing(" ", with: "-")
    let path = NSTemporaryDirectory() + "fuzz-\(file).seed"
    let log = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(log) }
    var seed = UInt64(Date().timeIntervalSince1970 * 1000) << 20
    print("\(name): seeds from \(seed) on, the last one in \(path)")
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds ?? 0)
    var (executions, refused, slow) = (0, 0, [UInt64]())
    while clock.now < end {
      seed += 1
      let text = Array("\(seed)\n".utf8)
      _ = pwrite(log, text, text.count, 0)
      let start = clock.now
      if try read(seed) { refused += 1 }
      if clock.now - start > limit { slow.append(seed) }
      executions += 1
    }
    print("\(name): \(executions) executions, \(refused) refused")
    return slow
  }
}
