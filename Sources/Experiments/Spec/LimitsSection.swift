internal import Datasets
internal import Tracking

/// `limits`: what a trial may use of the machine, and how long a sweep may take. No part of what a trial is.
struct LimitsSection: Sendable, Hashable {
  /// `nil` leaves the choice to the program.
  var threads: Int?
  /// Bytes that a trial's worker may take; `nil` sets no limit.
  var memory: Int?
  /// Bytes of decoded images kept in memory, 0 for none; `nil` leaves the choice to the program.
  var cacheMemory: Int?
  /// Seconds after which a run of the sweep begins no trial; `nil` sets no limit.
  var totalTime: Double?

  /// Bytes of decoded images that a worker keeps at most: where the spec does not say, 2 GiB, and no more than
  /// half of the memory that it may take.
  var keptImages: Int { cacheMemory ?? min(2 << 30, (memory ?? .max) / 2) }

  static func read(_ value: SpecValue) -> LimitsSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let threads = keys["threads"]?.integer(in: 1...1024)
      let memory = keys["memory"]?.bytes()
      let cacheMemory = keys["cache_memory"]?.bytes(atLeast: 0)
      let totalTime = keys["total_time"]?.seconds()
      keys.finish()
      return LimitsSection(
        threads: threads, memory: memory, cacheMemory: cacheMemory, totalTime: totalTime)
    }
  }

  var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [:]
    entries["threads"] = threads.map { .integer($0) }
    entries["memory"] = memory.map { .integer($0) }
    entries["cache_memory"] = cacheMemory.map { .integer($0) }
    entries["total_time"] = totalTime.map { .text("\(WrittenNumbers.shortest($0)) s") }
    return .object(entries)
  }
}
