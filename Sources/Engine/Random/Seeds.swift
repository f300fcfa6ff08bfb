/// Seeds that follow from the one in the spec.
public enum Seeds {
  /// The seed of replicate `r` of a point: a function of the experiment's seed and `r` alone, so
  /// that the points of a sweep are compared in pairs. Replicate 0 has the seed itself.
  public static func replicate(_ r: Int, of seed: UInt64) -> UInt64 {
    guard r > 0 else { return seed }
    var random = RandomStream(seed: seed, purpose: .init("replicate"), sample: r)
    return random.wideWord()
  }
}

extension RandomStream {
  /// The next 64 random bits: two words, the higher first.
  mutating func wideWord() -> UInt64 { UInt64(word()) << 32 | UInt64(word()) }
}
