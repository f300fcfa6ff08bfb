/// What an attempt took of the machine, and what else the machine was doing: sampled beside the training,
/// and no part of what a reproduction compares.
package struct SystemHistory: Sendable, Hashable, Codable {
  package let attempt: Int
  /// In the order of time.
  package var samples: [Sample]

  /// What was found at one time. What the machine does not tell is `nil`.
  package struct Sample: Sendable, Hashable, Codable {
    /// Seconds since 1970, UTC.
    package var time: Double
    /// Seconds of all cores together, since the worker began.
    package var processorSeconds: Double
    /// Bytes that the worker holds, and the most that it ever held.
    package var residentBytes: Int
    package var peakBytes: Int
    package var threads: Int
    /// Bytes from and to disks, since the worker began.
    package var readBytes: Int?
    package var writtenBytes: Int?
    /// Processes of the whole machine that ran or waited to run, on average over a minute.
    package var load: Double?
    /// Bytes that this process and others could still have.
    package var freeBytes: Int?
    /// Degrees Celsius of the hottest sensor.
    package var temperature: Double?

    package init(
      time: Double, processorSeconds: Double, residentBytes: Int, peakBytes: Int, threads: Int,
      readBytes: Int? = nil, writtenBytes: Int? = nil, load: Double? = nil, freeBytes: Int? = nil,
      temperature: Double? = nil
    ) {
      (self.time, self.processorSeconds) = (time, processorSeconds)
      (self.residentBytes, self.peakBytes, self.threads) = (residentBytes, peakBytes, threads)
      (self.readBytes, self.writtenBytes) = (readBytes, writtenBytes)
      (self.load, self.freeBytes, self.temperature) = (load, freeBytes, temperature)
    }
  }

  package init(attempt: Int, samples: [Sample]) {
    (self.attempt, self.samples) = (attempt, samples)
  }
}

extension SystemHistory {
  /// The most memory that the worker held.
  package var peakBytes: Int? { samples.map(\.peakBytes).max() }

  /// How many cores' worth of time it used, on average; `nil` before there are two samples.
  package var cores: Double? {
    guard let first = samples.first, let last = samples.last, last.time > first.time else {
      return nil
    }
    return (last.processorSeconds - first.processorSeconds) / (last.time - first.time)
  }

  /// The same between each sample and the next.
  package var coresOverTime: [Double] {
    zip(samples, samples.dropFirst()).compactMap { before, after in
      after.time > before.time
        ? (after.processorSeconds - before.processorSeconds) / (after.time - before.time) : nil
    }
  }

  /// Seconds between the first sample and the last.
  package var seconds: Double { (samples.last?.time ?? 0) - (samples.first?.time ?? 0) }

  package var hottest: Double? { samples.compactMap(\.temperature).max() }
}
