@testable import Datasets
import Testing

@Suite struct BatchOrderTests {
  // From an independent implementation in Python.
  @Test func `orders are those of the reference`() {
    let order = BatchOrder(samples: 10, batchSize: 3, seed: 42)
    #expect(order.order(epoch: 0) == [0, 1, 5, 3, 2, 9, 8, 6, 4, 7])
    #expect(order.order(epoch: 1) == [0, 7, 4, 2, 1, 5, 8, 6, 3, 9])
    #expect(
      BatchOrder(samples: 10, batchSize: 3, seed: 7).order(epoch: 0)
        == [5, 8, 7, 6, 4, 9, 0, 3, 2, 1])
  }

  @Test func `a last batch that is not full is dropped`() {
    #expect(BatchOrder(samples: 10, batchSize: 3, seed: 0).batchesPerEpoch == 3)
    #expect(BatchOrder(samples: 9, batchSize: 3, seed: 0).batchesPerEpoch == 3)
    #expect(BatchOrder(samples: 1, batchSize: 1, seed: 0).order(epoch: 5) == [0])
  }
}
