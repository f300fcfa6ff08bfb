/// How much of the variance of an objective each hyperparameter explains, by a forest of regression trees:
/// the functional analysis of variance of Hutter, Hoos and Leyton-Brown (2014).
///
/// Where a forest predicts the trials that it has not seen badly, its shares name the wrong parameter as
/// often as not. So it says how well it predicts, and ``isTrustworthy`` is the rule for showing it.
package struct ImportanceForest: Sendable, Hashable {
  package static let trees = 64
  /// Where about fifty trials of four parameters with the noise of seeds come to.
  package static let trustworthyRSquared = 0.6

  /// Of each axis, the share that it explains alone: the mean over the trees, and its deviation.
  package let shares: [Share]
  /// What interactions explain, the rest to 1.
  package let interactions: Double
  /// 1 − the mean squared error of trees on trials that they have not seen, over the variance of these
  /// trials; 1 is best, and 0 is no better than their mean.
  package let outOfBagRSquared: Double

  package struct Share: Sendable, Hashable {
    package let mean: Double
    package let deviation: Double
  }

  package var isTrustworthy: Bool { outOfBagRSquared >= Self.trustworthyRSquared }

  /// The reason not to show the shares, in words; `nil` where they may be shown.
  package var caution: String? {
    guard !isTrustworthy else { return nil }
    return "too few trials to rank parameters (R² "
      + "\(DecimalText.fixed(outOfBagRSquared, decimals: 2)) on trials that a tree has not seen; "
      + "0.6 is needed)"
  }

  /// - Parameters:
  ///   - axes: the hyperparameters of the same trials.
  ///   - outcomes: of each trial; without those that failed.
  /// - Returns: `nil` for fewer than three trials, and where all outcomes are equal.
  package init?(_ axes: [ImportanceAxis], outcomes: [Double]) {
    guard outcomes.count > 2, !axes.isEmpty, outcomes.allSatisfy(\.isFinite),
      outcomes.contains(where: { $0 != outcomes[0] })
    else { return nil }
    var stream = FixedStream(key: 0xF0E5)
    var shares: [[Double]] = []
    var unseen = Array(repeating: (sum: 0.0, count: 0), count: outcomes.count)
    for _ in 0..<Self.trees {
      let drawn = outcomes.map { _ in stream.next(below: outcomes.count) }
      let tree = RegressionTree(axes, outcomes, trials: drawn)
      let variance = TreeVariance(tree, axes)
      if variance.total > 0 { shares.append(variance.byAxis.map { $0 / variance.total }) }
      let seen = Set(drawn)
      for trial in outcomes.indices where !seen.contains(trial) {
        unseen[trial].sum += tree.prediction(axes, trial: trial)
        unseen[trial].count += 1
      }
    }
    self.shares = axes.indices.map { axis in
      let summary = SampleSummary(shares.map { $0[axis] })
      return Share(mean: summary?.mean ?? 0, deviation: summary?.deviation ?? 0)
    }
    interactions = 1 - self.shares.map(\.mean).reduce(0, +)
    outOfBagRSquared = Self.rSquared(unseen, outcomes)
  }

  private static func rSquared(_ unseen: [(sum: Double, count: Int)], _ outcomes: [Double])
    -> Double
  {
    let judged = outcomes.indices.filter { unseen[$0].count > 0 }
    let centre = judged.map { outcomes[$0] }.mean
    let errors = judged.map { trial in
      let error = outcomes[trial] - unseen[trial].sum / Double(unseen[trial].count)
      return error * error
    }.compensatedSum
    let squares = judged.map { (outcomes[$0] - centre) * (outcomes[$0] - centre) }.compensatedSum
    return squares > 0 ? 1 - errors / squares : -.infinity
  }
}
