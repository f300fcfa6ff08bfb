/// How many batches go by before a sample comes again, and which samples each holds.
struct BatchSequence: Sendable {
  enum Order: Sendable {
    /// A new order every epoch.
    case shuffled(BatchOrder)
    /// That of the list, part by part of it; the last batch of a part may be partial.
    case listed([Range<Int>], batchSize: Int)
  }
  let order: Order
  /// `[batches]`: the samples of the batches of a pass, where they are always the same.
  private let listed: [Range<Int>]
  /// The last order that was made, and how often each sample came before its place in it.
  private var shuffled: (epoch: Int, order: [Int], occurrences: [Int])?

  init(_ order: Order) {
    self.order = order
    listed =
      switch order {
      case .shuffled: []
      case .listed(let parts, let batchSize):
        parts.flatMap { part in
          stride(from: part.lowerBound, to: part.upperBound, by: batchSize).map { first in
            first..<min(first + batchSize, part.upperBound)
          }
        }
      }
  }

  var batchesPerPass: Int {
    switch order {
    case .shuffled(let order): order.batchesPerEpoch
    case .listed: listed.count
    }
  }

  /// How many samples batch `number` (from 0 on, without end) holds.
  func count(batch number: Int) -> Int {
    switch order {
    case .shuffled(let order): order.batchSize
    case .listed: listed[number % listed.count].count
    }
  }

  /// The sample at a position of batch `number`, the pass that it belongs to, and how often the
  /// pass had it before; `nil` behind the last sample of a partial batch.
  mutating func sample(
    batch number: Int, position: Int
  ) -> (epoch: Int, index: Int, occurrence: Int)? {
    guard position < count(batch: number) else { return nil }
    let (epoch, batch) = number.quotientAndRemainder(dividingBy: batchesPerPass)
    switch order {
    case .shuffled(let order):
      let place = batch * order.batchSize + position
      if shuffled?.epoch != epoch {
        let samples = order.order(epoch: epoch)
        shuffled = (epoch, samples, Self.occurrences(in: samples, of: order.samples))
      }
      return shuffled.map { (epoch, $0.order[place], $0.occurrences[place]) }
    case .listed: return (epoch, listed[batch].lowerBound + position, 0)
    }
  }

  private static func occurrences(in order: [Int], of samples: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: samples)
    return order.map { index in
      defer { counts[index] += 1 }
      return counts[index]
    }
  }
}
