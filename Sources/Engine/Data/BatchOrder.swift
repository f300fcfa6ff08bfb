/// Which samples a training step sees: every epoch in a new order, that is a function of the seed
/// and the epoch alone.
public struct BatchOrder: Sendable, Hashable {
  public let samples: Int
  public let batchSize: Int
  private let seed: UInt64

  public init(samples: Int, batchSize: Int, seed: UInt64) {
    precondition(samples > 0 && batchSize > 0)
    self.samples = samples
    self.batchSize = batchSize
    self.seed = seed
  }

  /// Samples that do not fill a last batch wait for another epoch's order.
  public var batchesPerEpoch: Int { samples / batchSize }

  /// All samples in the epoch's order (Fisher & Yates 1938, in Durstenfeld's form of 1964).
  public func order(epoch: Int) -> [Int] {
    var order = Array(0..<samples)
    var random = RandomStream(seed: seed, purpose: .shuffle, epoch: epoch)
    for last in stride(from: samples - 1, to: 0, by: -1) {
      order.swapAt(last, random.below(last + 1))
    }
    return order
  }
}
