/// How many batches go by before a sample comes again, and which samples each holds.
struct BatchSequence: Sendable {
  enum Order: Sendable {
    /// A new order every epoch.
    case shuffled(BatchOrder)
    /// That of the list; the last batch may be partial.
    case listed(samples: Int, batchSize: Int)
  }
  let order: Order
  /// The last order that was made.
  private var shuffled: (epoch: Int, order: [Int])?

  init(_ order: Order) { self.order = order }

  var batchesPerPass: Int {
    switch order {
    case .shuffled(let order): order.batchesPerEpoch
    case .listed(let samples, let batchSize): (samples + batchSize - 1) / batchSize
    }
  }

  /// The pass that batch `number` belongs to (from 0 on, without end) and its samples.
  mutating func batch(_ number: Int) -> (epoch: Int, samples: [Int]) {
    let (epoch, index) = number.quotientAndRemainder(dividingBy: batchesPerPass)
    switch order {
    case .shuffled(let order):
      if shuffled?.epoch != epoch { shuffled = (epoch, order.order(epoch: epoch)) }
      let start = index * order.batchSize
      return (epoch, Array((shuffled?.order ?? [])[start..<(start + order.batchSize)]))
    case .listed(let samples, let batchSize):
      let start = index * batchSize
      return (epoch, Array(start..<min(samples, start + batchSize)))
    }
  }
}
