/// Chooses the points of a search: point k is a function of (space, seed, k, what earlier batches
/// gave), and of nothing else.
package protocol PointSampler: Sendable {
  /// Where it decides from results, the trials that it decides together with trial k, all without
  /// each other's results; `nil` where it needs no results.
  ///
  /// - Parameter starts: how many trials were given beforehand; they come first.
  func batch(of index: Int, starts: Int, in space: Space) -> Range<Int>?

  /// The points of these trials.
  ///
  /// - Parameters:
  ///   - indices: trials in order; of a sampler that decides from results, the first ones of a batch
  ///     or the rest of it.
  ///   - search: all that they may depend on.
  /// - Returns: fewer points where the space holds no others.
  func points(_ indices: Range<Int>, _ search: Search) throws(SamplingError) -> [Point]

  /// Why it cannot search this space, `nil` where it can.
  func objection(to space: Space) -> String?
}

extension PointSampler {
  package func batch(of index: Int, starts: Int, in space: Space) -> Range<Int>? { nil }
  package func objection(to space: Space) -> String? { nil }
}

/// What the points of a batch may depend on.
package struct Search: Sendable {
  package let space: Space
  package let seed: UInt64
  /// The number of trials of the whole search.
  package let total: Int
  /// The points that were given beforehand; they are trials 0, 1, ….
  package let starts: [Point]
  /// Every trial of the earlier batches, by index.
  package let history: [Observation]
  /// The points of the batch that come before the asked ones, which have no results yet.
  package let pending: [Point]

  package init(
    _ space: Space, seed: UInt64, total: Int, starts: [Point] = [], history: [Observation] = [],
    pending: [Point] = []
  ) {
    (self.space, self.seed, self.total) = (space, seed, total)
    (self.starts, self.history, self.pending) = (starts, history, pending)
  }
}

/// What a trial gave.
package struct Observation: Sendable {
  package let point: Point
  package let result: Result

  package init(_ point: Point, _ result: Result) { (self.point, self.result) = (point, result) }

  package enum Result: Sendable, Hashable {
    /// Smaller is better; finite.
    case complete(Double)
    /// Stopped after that many epochs with that value.
    case pruned(epoch: Double, value: Double)
    /// It gave no number.
    case diverged
  }

  /// The value of a complete trial.
  package var value: Double? { if case .complete(let value) = result { value } else { nil } }
}

extension [Observation] {
  /// The positions from the best to the worst: complete ones by value, pruned ones by how far they
  /// came and then by value, diverged ones; ties by position.
  var ranking: [Int] {
    func key(_ result: Observation.Result) -> (Int, Double, Double) {
      switch result {
      case .complete(let value): (0, 0, value)
      case .pruned(let epoch, let value): (1, -epoch, value.isNaN ? .infinity : value)
      case .diverged: (2, 0, 0)
      }
    }
    let keys = map { key($0.result) }
    return indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }
  }
}

/// Why points cannot be chosen.
package enum SamplingError: Error, Sendable, Hashable {
  /// Hardly a point meets the constraints.
  case hardlyFeasible(attempts: Int)
  /// A number that is none came up: a mistake of the program.
  case notFinite(String)
}
