/// The ways to draw n of n things with repetition, each with its probability: all of them up to ten things,
/// and above that a fixed sample of them.
///
/// What is drawn is told by how often each thing is: there are C(2n − 1, n) such multisets, 126 for five
/// things and 92,378 for ten, and one has probability n! / ∏ kᵢ! / nⁿ.
enum Resamples {
  static let largestExact = 10
  static let draws = 9999

  /// - Parameter body: gets how often each thing is drawn, and the probability of that.
  static func forEach(of count: Int, _ body: ([Int], Double) -> Void) {
    guard count > 0 else { return }
    if count <= largestExact {
      var counts = Array(repeating: 0, count: count)
      enumerate(&counts, 0, left: count, weight(of: count), body)
    } else {
      sample(count, body)
    }
  }

  /// n! / nⁿ.
  private static func weight(of count: Int) -> Double {
    (1...count).reduce(1) { $0 * Double($1) / Double(count) }
  }

  private static func enumerate(
    _ counts: inout [Int], _ place: Int, left: Int, _ weight: Double,
    _ body: ([Int], Double) -> Void
  ) {
    if place == counts.count - 1 {
      counts[place] = left
      body(counts, weight / factorial(left))
      return
    }
    for taken in 0...left {
      counts[place] = taken
      enumerate(&counts, place + 1, left: left - taken, weight / factorial(taken), body)
    }
  }

  private static func factorial(_ count: Int) -> Double {
    count < 2 ? 1 : (2...count).reduce(1) { $0 * Double($1) }
  }

  private static func sample(_ count: Int, _ body: ([Int], Double) -> Void) {
    var stream = FixedStream(key: UInt64(count))
    for _ in 0..<draws {
      var counts = Array(repeating: 0, count: count)
      for _ in 0..<count { counts[stream.next(below: count)] += 1 }
      body(counts, 1 / Double(draws))
    }
  }
}

/// Values with probabilities, in rising order.
struct WeightedValues {
  private(set) var entries: [(value: Double, weight: Double)] = []

  init(_ entries: [(value: Double, weight: Double)]) {
    self.entries = entries.sorted { $0.value < $1.value }
  }

  /// The smallest value up to which the probability reaches p.
  func quantile(_ p: Double) -> Double {
    var reached = CompensatedSum()
    for entry in entries {
      reached.add(entry.weight)
      if reached.value >= p - 1e-15 { return entry.value }
    }
    return entries.last?.value ?? .nan
  }
}
