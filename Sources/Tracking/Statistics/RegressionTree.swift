/// A regression tree whose leaves are boxes of the domain (Breiman, Friedman, Olshen and Stone, 1984).
struct RegressionTree {
  struct Leaf {
    /// For each axis, which of its parts the box holds.
    var box: [[Bool]]
    var value: Double
  }

  private(set) var leaves: [Leaf] = []

  init(leaves: [Leaf]) { self.leaves = leaves }

  /// Grows until every leaf holds trials with one value, or with one place in the domain.
  ///
  /// - Parameter trials: which are learned from; one may be there several times.
  init(_ axes: [ImportanceAxis], _ outcomes: [Double], trials: [Int]) {
    let box = axes.map { Array(repeating: true, count: $0.weights.count) }
    var pending = [(box: box, trials: trials)]
    while let node = pending.popLast() {
      guard let split = Self.bestSplit(axes, outcomes, node.trials) else {
        leaves.append(Leaf(box: node.box, value: node.trials.map { outcomes[$0] }.mean))
        continue
      }
      for side in [true, false] {
        var box = node.box
        for part in box[split.axis].indices where split.takes(part) != side {
          box[split.axis][part] = false
        }
        pending.append(
          (box, node.trials.filter { split.takes(axes[split.axis].parts[$0]) == side }))
      }
    }
  }

  private struct Split {
    var axis: Int
    /// Parts up to this one, or this one alone.
    var part: Int
    var isOrdered: Bool

    func takes(_ other: Int) -> Bool { isOrdered ? other <= part : other == part }
  }

  /// The split that leaves the least variance; the first of equals.
  private static func bestSplit(
    _ axes: [ImportanceAxis], _ outcomes: [Double], _ trials: [Int]
  ) -> Split? {
    guard let first = trials.first, trials.contains(where: { outcomes[$0] != outcomes[first] })
    else { return nil }
    let centre = trials.map { outcomes[$0] }.mean
    var best: (gain: Double, split: Split)?
    for (index, axis) in axes.enumerated() {
      var counts = Array(repeating: 0.0, count: axis.weights.count)
      var sums = counts
      for trial in trials {
        counts[axis.parts[trial]] += 1
        sums[axis.parts[trial]] += outcomes[trial] - centre
      }
      let all = (count: counts.reduce(0, +), sum: sums.reduce(0, +))
      var taken = (count: 0.0, sum: 0.0)
      for part in counts.indices where counts[part] > 0 {
        if !axis.isOrdered { taken = (0, 0) }
        taken.count += counts[part]
        taken.sum += sums[part]
        let rest = (count: all.count - taken.count, sum: all.sum - taken.sum)
        guard rest.count > 0 else { continue }
        let gain = taken.sum * taken.sum / taken.count + rest.sum * rest.sum / rest.count
        if gain > (best?.gain ?? -1) {
          best = (gain, Split(axis: index, part: part, isOrdered: axis.isOrdered))
        }
      }
    }
    return best?.split
  }

  /// The value of the box that holds a trial.
  func prediction(_ axes: [ImportanceAxis], trial: Int) -> Double {
    leaves.first { leaf in
      axes.indices.allSatisfy { leaf.box[$0][axes[$0].parts[trial]] }
    }?.value ?? .nan
  }
}

/// The variance of a tree over its domain, and what each axis alone explains of it (Hutter, Hoos and
/// Leyton-Brown, 2014).
struct TreeVariance {
  let mean: Double
  let total: Double
  let byAxis: [Double]

  init(_ tree: RegressionTree, _ axes: [ImportanceAxis]) {
    let shares = tree.leaves.map { leaf in
      axes.indices.map { axis in
        zip(leaf.box[axis], axes[axis].weights).map { $0 ? $1 : 0 }.compensatedSum
      }
    }
    let volumes = shares.map { $0.reduce(1, *) }
    let mean = zip(tree.leaves, volumes).map { $0.value * $1 }.compensatedSum
    self.mean = mean
    total =
      zip(tree.leaves, volumes).map { ($0.value - mean) * ($0.value - mean) * $1 }
      .compensatedSum
    byAxis = axes.indices.map { axis in
      // The mean over all other axes at each part of this one.
      var marginals = Array(repeating: 0.0, count: axes[axis].weights.count)
      for (index, leaf) in tree.leaves.enumerated() {
        let others = axes.indices.filter { $0 != axis }.reduce(1) { $0 * shares[index][$1] }
        for part in marginals.indices where leaf.box[axis][part] {
          marginals[part] += leaf.value * others
        }
      }
      return zip(marginals, axes[axis].weights).map { ($0 - mean) * ($0 - mean) * $1 }
        .compensatedSum
    }
  }
}
