internal import Groundwork

/// Which samples a training step sees: every epoch in a new order or in new draws, that are a
/// function of the seed and the epoch alone.
package struct BatchOrder: Sendable, Hashable {
  package let samples: Int
  package let batchSize: Int
  /// How many batches a step takes: an epoch has whole steps.
  package let batchesPerStep: Int
  private let seed: UInt64
  private let draws: SampleDraws?

  /// - Parameter draws: where an epoch is drawn instead of showing every sample once.
  package init(
    samples: Int, batchSize: Int, batchesPerStep: Int = 1, seed: UInt64, draws: SampleDraws? = nil
  ) {
    precondition(samples > 0 && batchSize > 0 && batchesPerStep > 0)
    self.samples = samples
    self.batchSize = batchSize
    self.batchesPerStep = batchesPerStep
    self.seed = seed
    self.draws = draws
  }

  /// Samples that do not fill a last step wait for another epoch's order.
  package var batchesPerEpoch: Int {
    (draws?.count ?? samples) / (batchSize * batchesPerStep) * batchesPerStep
  }

  /// All samples in the epoch's order (Fisher & Yates 1938, in Durstenfeld's form of 1964), or
  /// those that it draws.
  package func order(epoch: Int) -> [Int] {
    if let draws {
      var random = RandomStream(seed: seed, purpose: .draw, epoch: epoch)
      return (0..<draws.count).map { _ in draws.draws.draw(&random) }
    }
    var order = Array(0..<samples)
    var random = RandomStream(seed: seed, purpose: .shuffle, epoch: epoch)
    for last in stride(from: samples - 1, to: 0, by: -1) {
      order.swapAt(last, random.below(last + 1))
    }
    return order
  }
}
