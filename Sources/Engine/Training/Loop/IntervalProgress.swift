/// What a training has done since its last evaluation: what a continuation needs besides the tensors to go on
/// between two evaluations as if it had never been interrupted.
package struct IntervalProgress: Sendable, Hashable {
  /// Steps done at the evaluation before; 0 where there is none.
  package let beginning: Int
  /// Steps done since then.
  package private(set) var steps = 0
  /// The sum over these steps of the weighted sum of the losses.
  package private(set) var lossTotal = 0.0
  /// The sum over these steps of each loss, unweighted, in the order of the losses.
  package private(set) var lossTotals: [Double]
  /// Wall-clock time that these steps took, in seconds.
  package internal(set) var seconds = 0.0

  /// The beginning of an interval.
  init(after beginning: Int, losses: Int) {
    self.beginning = beginning
    lossTotals = Array(repeating: 0, count: losses)
  }

  package init(
    beginning: Int, steps: Int, lossTotal: Double, lossTotals: [Double], seconds: Double
  ) {
    self.beginning = beginning
    self.steps = steps
    self.lossTotal = lossTotal
    self.lossTotals = lossTotals
    self.seconds = seconds
  }

  /// Steps done since the training began.
  package var end: Int { beginning + steps }

  mutating func add(_ loss: Double, _ losses: [Double]) {
    lossTotal += loss
    for index in lossTotals.indices { lossTotals[index] += losses[index] }
    steps += 1
  }

  var meanLoss: Double { lossTotal / Double(steps) }

  var meanLosses: [Double] { lossTotals.map { $0 / Double(steps) } }
}
