/// Which share of the variance over a full grid each axis explains, alone and together with others: an
/// exact analysis of variance of the grid's cells.
///
/// V_S = Var(mean over the axes that are not in S) − Σ of V over the proper subsets of S; the shares sum
/// to 1.
package struct VarianceShares: Sendable, Hashable {
  /// The mean of the cells.
  package let mean: Double
  /// The variance of the cells, with their number in the denominator.
  package let variance: Double
  /// The share of each set of axes, smaller sets first; empty where the cells are all equal.
  package let shares: [Share]

  package struct Share: Sendable, Hashable {
    /// Places of the axes, rising; one for a main effect, several for an interaction.
    package let axes: [Int]
    package let share: Double
  }

  /// - Parameters:
  ///   - levels: how many values each axis has.
  ///   - cells: one for each combination, the last axis running fastest.
  package init(levels: [Int], cells: [Double]) {
    precondition(cells.count == levels.reduce(1, *), "a full grid has a value in every cell")
    mean = cells.mean
    let centre = mean
    let variance = cells.map { ($0 - centre) * ($0 - centre) }.compensatedSum / Double(cells.count)
    self.variance = variance
    guard variance > 0 else {
      shares = []
      return
    }
    var explained = Array(repeating: 0.0, count: 1 << levels.count)
    for set in 1..<max(1, 1 << levels.count) {
      let means = Self.means(levels, cells, over: set)
      let total = means.map { ($0 - centre) * ($0 - centre) }.compensatedSum / Double(means.count)
      let smaller = (1..<set).filter { $0 & set == $0 }.map { explained[$0] }.compensatedSum
      explained[set] = total - smaller
    }
    shares = (1..<explained.count).map { set in
      Share(axes: levels.indices.filter { set >> $0 & 1 == 1 }, share: explained[set] / variance)
    }.sorted { ($0.axes.count, $0.axes[0]) < ($1.axes.count, $1.axes[0]) }
  }

  /// The share of an axis alone.
  package func main(_ axis: Int) -> Double { shares.first { $0.axes == [axis] }?.share ?? 0 }

  /// The mean of the cells for each combination of the axes in the set.
  private static func means(_ levels: [Int], _ cells: [Double], over set: Int) -> [Double] {
    let kept = levels.indices.filter { set >> $0 & 1 == 1 }
    let count = kept.reduce(1) { $0 * levels[$1] }
    var sums = Array(repeating: CompensatedSum(), count: count)
    for (index, value) in cells.enumerated() {
      var (rest, place, stride) = (index, 0, 1)
      for axis in levels.indices.reversed() {
        let level = rest % levels[axis]
        rest /= levels[axis]
        if set >> axis & 1 == 1 {
          place += level * stride
          stride *= levels[axis]
        }
      }
      sums[place].add(value)
    }
    return sums.map { $0.value * Double(count) / Double(cells.count) }
  }
}
