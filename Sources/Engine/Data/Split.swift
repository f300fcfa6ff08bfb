/// A seeded choice of samples for validation.
public enum Split {
  /// The samples with the ⌊count · fraction + ½⌋ smallest random keys, ascending. A sample's key
  /// is a function of the seed and its number alone.
  public static func validation(count: Int, fraction: Double, seed: UInt64) -> [Int] {
    let keyed = (0..<count).map { number in
      var random = RandomStream(seed: seed, purpose: .split, sample: number)
      return (key: random.wideWord(), number: number)
    }
    let chosen = Int((Double(count) * fraction + 0.5).rounded(.down))
    return keyed.sorted { $0 < $1 }.prefix(chosen).map(\.number).sorted()
  }
}
