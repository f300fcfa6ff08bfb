/// A seeded choice of samples for validation.
public enum Split {
  /// The samples with the ⌊count · fraction + ½⌋ smallest random keys, ascending. A sample's key
  /// is a function of the seed and its number alone.
  public static func validation(count: Int, fraction: Double, seed: UInt64) -> [Int] {
    let chosen = Int((Double(count) * fraction + 0.5).rounded(.down))
    return order(count: count, seed: seed).prefix(chosen).sorted()
  }

  /// The samples of one of `folds` parts, ascending: the samples in the order of the same keys, cut
  /// into runs whose lengths differ by one at most.
  ///
  /// - Parameter fold: from 1.
  public static func fold(_ fold: Int, of folds: Int, count: Int, seed: UInt64) -> [Int] {
    order(count: count, seed: seed)[places(fold, of: folds, count: count)].sorted()
  }

  /// Which of `count` places in a row belong to a fold.
  static func places(_ fold: Int, of folds: Int, count: Int) -> Range<Int> {
    precondition((1...folds).contains(fold), "folds count from 1")
    return (fold - 1) * count / folds..<fold * count / folds
  }

  /// All samples by their keys.
  private static func order(count: Int, seed: UInt64) -> [Int] {
    let keyed = (0..<count).map { number in
      var random = RandomStream(seed: seed, purpose: .split, sample: number)
      return (key: random.wideWord(), number: number)
    }
    return keyed.sorted { $0 < $1 }.map(\.number)
  }
}
