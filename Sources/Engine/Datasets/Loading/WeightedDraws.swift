package import Groundwork

/// Draws samples with replacement, each with a probability proportional to its weight, by an alias
/// table (Walker 1974, in Vose's form of 1991).
package struct WeightedDraws: Sendable, Hashable {
  /// `[samples]`: a random word below the threshold draws the column's own sample. The others of
  /// the 2³² words draw its alias.
  private let thresholds: [UInt64]
  private let aliases: [Int]

  /// - Parameter weights: above 0, one for each sample.
  init(weights: [Double]) {
    precondition(!weights.isEmpty && weights.allSatisfy { $0 > 0 && $0.isFinite })
    let scale = Double(weights.count) / weights.reduce(0, +)
    var shares = weights.map { $0 * scale }
    var thresholds = [UInt64](repeating: 1 << 32, count: weights.count)
    var aliases = Array(weights.indices)
    var small = weights.indices.filter { shares[$0] < 1 }
    var large = weights.indices.filter { shares[$0] >= 1 }
    while let poor = small.popLast(), let rich = large.popLast() {
      thresholds[poor] = UInt64((shares[poor] * 0x1p32).rounded())
      aliases[poor] = rich
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 { small.append(rich) } else { large.append(rich) }
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  package func draw(_ random: inout RandomStream) -> Int {
    let column = random.below(thresholds.count)
    return UInt64(random.word()) < thresholds[column] ? column : aliases[column]
  }
}

/// Which samples of a training list an epoch draws, and how many.
package struct SampleDraws: Sendable, Hashable {
  /// Samples of an epoch; one may come several times.
  package let count: Int
  package let draws: WeightedDraws

  init(count: Int, weights: [Double]) {
    self.count = count
    draws = WeightedDraws(weights: weights)
  }
}

extension SampleDraws {
  /// - Parameters:
  ///   - weights: the weights of the samples.
  ///   - classes: the classes that the labels of each sample show.
  ///   - held: which of the balanced classes each sample holds, by their places.
  ///   - statistics: the class statistics of all training labels.
  /// - Returns: `nil` where every sample is to come once an epoch.
  package static func of(
    _ sampling: DataConfiguration.Sampling?, weights: [DrawWeight], classes: [[Int]],
    statistics: ClassStatistics, balance: [ClassBalance] = [], held: [[Int]] = []
  ) -> SampleDraws? {
    guard
      sampling != nil || !balance.isEmpty || weights.contains(where: { $0 != DrawWeight() })
    else { return nil }
    var drawn = weights.map(\.weight)
    if sampling?.balancesClasses == true {
      let all = Double(statistics.pixels.reduce(0, +))
      drawn = zip(drawn, classes).map { weight, classes in
        // Divided by the share of the rarest class that the sample shows, by 1 if it shows none.
        weight / (classes.map { Double(statistics.pixels[$0]) / all }.min() ?? 1)
      }
    }
    return SampleDraws(
      count: sampling?.samplesPerEpoch ?? weights.count,
      weights: drawn.sharedOut(weights.map(\.share)).balanced(balance.map(\.share), held))
  }
}

extension [Double] {
  /// Weights that give each class its part of the draws among the samples that hold it, and the rest to
  /// all samples; within each part samples are drawn by the weights that they had.
  ///
  /// - Parameters:
  ///   - shares: of the classes; each is held by some sample.
  ///   - held: which of the classes each sample holds, by their places.
  func balanced(_ shares: [Double], _ held: [[Int]]) -> [Double] {
    guard !shares.isEmpty else { return self }
    var sums = [Double](repeating: 0, count: shares.count)
    for (weight, held) in zip(self, held) {
      for place in held { sums[place] += weight }
    }
    let rest = (1 - shares.reduce(0, +)) / reduce(0, +)
    return zip(self, held).map { weight, held in
      weight * held.reduce(rest) { $0 + shares[$1] / sums[$1] }
    }
  }

  /// Weights whose sum over each source that has a share is that share, and over all other samples what
  /// is left of 1; as they were where no source has one.
  ///
  /// - Parameter shares: of the sources of the samples; their sum is below 1 where any is `nil`.
  func sharedOut(_ shares: [DrawnShare?]) -> [Double] {
    let sources = Set(shares.compactMap(\.self))
    guard !sources.isEmpty else { return self }
    var sums: [DrawnShare?: Double] = [:]
    for (weight, share) in zip(self, shares) { sums[share, default: 0] += weight }
    let rest = 1 - sources.map(\.share).sorted().reduce(0, +)
    return zip(self, shares).map { weight, share in
      weight / (sums[share] ?? 1) * (share?.share ?? rest)
    }
  }
}
