/// How trials are parted into brackets.
package enum BracketLayout: String, Sendable, Hashable, CaseIterable {
  /// All in one, which compares at every rung.
  case single
  /// Brackets of every number of comparisons, the trials shared among them by what each costs: the rule of
  /// Determined's adaptive search.
  case conservative
  /// The same with the more eager half of them.
  case standard
  /// The same with the most eager one alone.
  case aggressive
  /// Those of the paper in their sizes, again and again; the last one may be cut off.
  case exact

  package struct Bracket: Sendable, Hashable {
    /// The last of the rungs: a bracket with fewer of them begins later.
    package let comparisons: Int
    package let trials: Int

    package init(comparisons: Int, trials: Int) {
      (self.comparisons, self.trials) = (comparisons, trials)
    }
  }

  /// Brackets have at most so many levels, the end among them, however long trials are.
  private static let maximumLevels = 5

  /// The brackets in order, with as many trials together.
  ///
  /// - Parameters:
  ///   - levels: how many comparisons there are at most.
  ///   - factor: one of so many goes on.
  package func brackets(of trials: Int, levels: Int, factor: Int) -> [Bracket] {
    switch self {
    case .single: return [Bracket(comparisons: levels, trials: trials)]
    case .exact: return Self.exact(trials, levels, factor)
    case .conservative, .standard, .aggressive:
      let most = min(Self.maximumLevels, levels + 1, Self.exponent(of: trials, factor) + 1)
      return Self.shared(trials, among: (fewestLevels(most)...most).reversed(), factor)
    }
  }

  private func fewestLevels(_ most: Int) -> Int {
    switch self {
    case .standard: (most - 1) / 2 + 1
    case .aggressive: most
    case .single, .conservative, .exact: 1
    }
  }

  /// The brackets of Hyperband, for s comparisons n = ⌈(S + 1)/(s + 1) · ηˢ⌉ trials, from s = S down to 0.
  private static func exact(_ trials: Int, _ levels: Int, _ factor: Int) -> [Bracket] {
    var brackets: [Bracket] = []
    var left = trials
    while left > 0 {
      for comparisons in (0...levels).reversed() where left > 0 {
        let size = ((levels + 1) * power(factor, comparisons) + comparisons) / (comparisons + 1)
        brackets.append(Bracket(comparisons: comparisons, trials: min(size, left)))
        left -= min(size, left)
      }
    }
    return brackets
  }

  /// Trials in proportion to ηᵐ⁻¹ / m for m levels, at least one each; what is left over goes to the first.
  private static func shared(_ trials: Int, among levels: [Int], _ factor: Int) -> [Bracket] {
    let weights = levels.map { Double(power(factor, $0 - 1)) / Double($0) }
    let sum = weights.reduce(0, +)
    var counts = weights.map { max(1, Int($0 / sum * Double(trials))) }
    counts[0] += trials - counts.reduce(0, +)
    return zip(levels, counts).map { Bracket(comparisons: $0 - 1, trials: $1) }
      .filter { $0.trials > 0 }
  }

  private static func power(_ factor: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { power, _ in power * factor }
  }

  /// The largest exponent with which the power of the factor is at most the number.
  private static func exponent(of number: Int, _ factor: Int) -> Int {
    var exponent = 0
    var next = factor
    while next <= number { (exponent, next) = (exponent + 1, next * factor) }
    return exponent
  }
}
