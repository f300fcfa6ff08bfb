/// Ranks from 1 in rising order; equal values share the mean of theirs.
struct MidRanks {
  let ranks: [Double]

  init(_ values: [Double]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
      start = end
    }
    self.ranks = ranks
  }
}

/// Wilcoxon's signed rank test, exact also where differences are equal: zeros are dropped, and the sums of
/// the ranks that are there are counted over all signs.
package struct WilcoxonTest: Sendable, Hashable {
  /// How many differences are not zero.
  package let count: Int
  /// The sum of the ranks of differences above zero, and of those below.
  package let positive: Double
  package let negative: Double
  package let p: Double

  /// (W⁺ − W⁻) / (W⁺ + W⁻), from −1 to 1.
  package var rankBiserial: Double { (positive - negative) / (positive + negative) }

  /// - Returns: `nil` where no difference is left.
  package init?(_ differences: [Double]) {
    let differences = differences.filter { $0 != 0 && !$0.isNaN }
    guard !differences.isEmpty else { return nil }
    let ranks = MidRanks(differences.map { abs($0) }).ranks
    count = differences.count
    positive = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    negative = zip(differences, ranks).reduce(0) { $1.0 < 0 ? $0 + $1.1 : $0 }
    // Twice a mean of ranks is whole. ways[s]: the share of the signs with s as twice their sum.
    var ways = [1.0]
    for rank in ranks {
      let step = Int(2 * rank)
      var next = Array(repeating: 0.0, count: ways.count + step)
      for (sum, share) in ways.enumerated() {
        next[sum] += share / 2
        next[sum + step] += share / 2
      }
      ways = next
    }
    p = min(1, 2 * ways.prefix(Int(2 * min(positive, negative)) + 1).compensatedSum)
  }
}

/// The test of Mann and Whitney for two groups without pairs, exact also where values are equal: the sums
/// of the ranks that are there are counted over all ways to choose the first group.
package struct MannWhitneyTest: Sendable, Hashable {
  /// In how many pairs of one value from each group the first is greater, equal ones counted half.
  package let u: Double
  /// The greater of U and what it leaves of all pairs.
  let extreme: Double
  package let p: Double
  /// The share of such pairs: the probability that a value of the first group is the greater.
  package let probabilityOfImprovement: Double

  /// - Returns: `nil` where a group is empty.
  package init?(_ a: [Double], _ b: [Double]) {
    guard !a.isEmpty, !b.isEmpty else { return nil }
    let ranks = MidRanks(a + b).ranks
    let least = Double(a.count * (a.count + 1)) / 2
    let (first, pairs) = (a.count, Double(a.count * b.count))
    u = ranks.prefix(first).reduce(0, +) - least
    probabilityOfImprovement = u / pairs
    extreme = max(u, pairs - u)
    p = Self.p(reaching: extreme, ranks: ranks, first: first)
  }

  /// Twice the probability that a group of that size, drawn from all, has a U of at least that.
  static func p(reaching u: Double, ranks: [Double], first: Int) -> Double {
    let least = Double(first * (first + 1)) / 2
    let all = Int(2 * ranks.reduce(0, +)) + 1
    // ways[k][s]: the choices of k values with s as twice the sum of their ranks.
    var ways = Array(repeating: Array(repeating: 0.0, count: all), count: first + 1)
    ways[0][0] = 1
    for rank in ranks {
      let step = Int(2 * rank)
      for taken in stride(from: first, to: 0, by: -1) {
        for sum in stride(from: all - 1, through: step, by: -1) {
          ways[taken][sum] += ways[taken - 1][sum - step]
        }
      }
    }
    let start = Int((2 * (u + least)).rounded(.up))
    let total = ways[first].compensatedSum
    return min(1, 2 * ways[first].suffix(from: min(start, all)).compensatedSum / total)
  }
}
