internal import Groundwork

/// A seeded choice of samples for validation, in whole groups.
///
/// A group's key is a random number that follows from the seed and the number of its first sample
/// alone; "the order" below is that of the keys.
enum Split {
  /// The samples that are held back, ascending: of ⌊count · fraction + ½⌋ samples as many as whole
  /// groups come to. Groups are taken in their order as far as each brings the number nearer, and at
  /// least the smallest one.
  static func validation(_ groups: SampleGroups, fraction: Double, seed: UInt64) -> [Int] {
    let wanted = Int((Double(groups.numbers.count) * fraction + 0.5).rounded(.down))
    guard wanted > 0 else { return [] }
    let order = order(of: groups, seed: seed)
    var chosen: [Int] = []
    var count = 0
    for group in order where abs(count + groups.sizes[group] - wanted) < abs(count - wanted) {
      chosen.append(group)
      count += groups.sizes[group]
    }
    if chosen.isEmpty, let smallest = order.min(by: { groups.sizes[$0] < groups.sizes[$1] }) {
      chosen = [smallest]
    }
    return groups.samples(of: chosen)
  }

  /// The samples of one of `folds` parts, ascending. Groups are dealt out, the largest first and
  /// those of one size in their order, each to the fold that has fewest samples.
  ///
  /// - Parameter fold: from 1.
  /// - Precondition: there are at least as many groups as folds.
  static func fold(_ fold: Int, of folds: Int, _ groups: SampleGroups, seed: UInt64) -> [Int] {
    precondition((1...folds).contains(fold), "folds count from 1")
    var parts = [[Int]](repeating: [], count: folds)
    var counts = [Int](repeating: 0, count: folds)
    let order = order(of: groups, seed: seed).enumerated().sorted { left, right in
      let (first, second) = (groups.sizes[left.element], groups.sizes[right.element])
      return first == second ? left.offset < right.offset : first > second
    }
    for (_, group) in order {
      let part = counts.indices.min { counts[$0] < counts[$1] } ?? 0
      parts[part].append(group)
      counts[part] += groups.sizes[group]
    }
    return groups.samples(of: parts[fold - 1])
  }

  /// All groups by their keys.
  private static func order(of groups: SampleGroups, seed: UInt64) -> [Int] {
    var first = [Int](repeating: -1, count: groups.count)
    for (number, group) in groups.numbers.enumerated() where first[group] < 0 {
      first[group] = number
    }
    let keyed = first.enumerated().map { group, number in
      var random = RandomStream(seed: seed, purpose: .split, sample: number)
      return (key: random.wideWord(), group: group)
    }
    return keyed.sorted { $0 < $1 }.map(\.group)
  }
}
