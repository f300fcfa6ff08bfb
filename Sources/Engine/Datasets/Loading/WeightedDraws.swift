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
  ///   - weights: the weights of the list's lines.
  ///   - classes: the classes that the labels of each sample show.
  ///   - statistics: the class statistics of all training labels.
  /// - Returns: `nil` where every sample is to come once an epoch.
  package static func of(
    _ sampling: DataConfiguration.Sampling?, weights: [Double], classes: [[Int]],
    statistics: ClassStatistics
  ) -> SampleDraws? {
    guard sampling != nil || weights.contains(where: { $0 != 1 }) else { return nil }
    let count = sampling?.samplesPerEpoch ?? weights.count
    guard sampling?.balancesClasses == true else {
      return SampleDraws(count: count, weights: weights)
    }
    let all = Double(statistics.pixels.reduce(0, +))
    return SampleDraws(
      count: count,
      weights: zip(weights, classes).map { weight, classes in
        // Divided by the share of the rarest class that the sample shows, by 1 if it shows none.
        weight / (classes.map { Double(statistics.pixels[$0]) / all }.min() ?? 1)
      })
  }
}
