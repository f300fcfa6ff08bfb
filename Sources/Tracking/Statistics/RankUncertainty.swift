/// How sure the ranks of rows are, had other seeds been drawn: the shared seeds are resampled, the same for
/// all rows, and the rows ranked by their means each time.
package struct RankUncertainty: Sendable, Hashable {
  /// The share of the resamples in which each row is the best; equal bests share it. It speaks of these
  /// seeds, and is no probability of being best in truth.
  package let probabilityBest: [Double]
  /// The ranks from 1 between which each row lies in 95 % of the resamples.
  package let interval: [ClosedRange<Int>]

  /// - Parameter rows: the values of each row, over the same seeds in the same order.
  package init?(_ rows: [[Double]], maximize: Bool) {
    guard let count = rows.first?.count, count > 0, rows.allSatisfy({ $0.count == count }) else {
      return nil
    }
    let values = rows.map { row in maximize ? row.map { -$0 } : row }
    let scale = rows.joined().map { abs($0) }.max() ?? 0
    let nearness = 1e-12 * scale * Double(count)
    var best = Array(repeating: 0.0, count: rows.count)
    var ranks = Array(repeating: Array(repeating: 0.0, count: rows.count), count: rows.count)
    var sums = Array(repeating: 0.0, count: rows.count)
    Resamples.forEach(of: count) { counts, weight in
      for row in values.indices {
        var sum = 0.0
        for seed in 0..<count { sum += values[row][seed] * Double(counts[seed]) }
        sums[row] = sum
      }
      let order = sums.indices.sorted { sums[$0] < sums[$1] }
      let winners = order.prefix { sums[$0] <= sums[order[0]] + nearness }
      for row in winners { best[row] += weight / Double(winners.count) }
      var rank = 0
      for (place, row) in order.enumerated() {
        // Equal rows share the better rank.
        if place == 0 || sums[row] > sums[order[place - 1]] + nearness { rank = place }
        ranks[row][rank] += weight
      }
    }
    probabilityBest = best
    interval = ranks.map { weights in
      let places = WeightedValues(weights.enumerated().map { (Double($0 + 1), $1) })
      let low = Int(places.quantile(0.025))
      return low...max(low, Int(places.quantile(0.975)))
    }
  }
}
