internal import Groundwork

/// Seeds of the trials of one point.
enum ReplicateSeed {
  /// A function of the experiment's seed and the replicate alone: replicate r has the same seed at
  /// every point of a sweep, so that points can be compared pair by pair.
  ///
  /// - Parameter replicate: 0 for the experiment's own seed.
  /// - Returns: 0 … 2⁶³ − 1: for r > 0 the first 64 bits of the stream (seed, "replicate", r), the
  ///   earlier word above, halved.
  static func seed(of replicate: Int, experiment seed: Int) -> Int {
    guard replicate > 0 else { return seed }
    var stream = RandomStream(
      seed: UInt64(seed), purpose: RandomStream.Purpose("replicate"), sample: replicate)
    return Int(stream.wideWord() >> 1)
  }
}
