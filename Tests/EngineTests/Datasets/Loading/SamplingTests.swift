@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct SamplingTests {
  private func counts(_ weights: [Double], draws: Int) -> [Int] {
    let table = WeightedDraws(weights: weights)
    var random = RandomStream(seed: 3, purpose: .draw)
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<draws { counts[table.draw(&random)] += 1 }
    return counts
  }

  @Test func `samples are drawn as often as their weights say`() {
    for weights in [
      [1], [1, 1, 1], [1, 3], [0.5, 8, 1.5, 30, 0.001], Array(repeating: 0.1, count: 7),
    ] {
      let all = weights.reduce(0, +)
      for (weight, count) in zip(weights, counts(weights, draws: 40_000)) {
        let share = weight / all
        // Four standard deviations of a binomial distribution.
        let margin = 4 * (40_000 * share * (1 - share)).squareRoot() + 1
        #expect(abs(Double(count) - 40_000 * share) <= margin)
      }
    }
  }

  @Test func `an epoch's draws follow from seed and epoch`() {
    let draws = SampleDraws(count: 50, weights: [1, 2, 3, 4])
    func order(_ seed: UInt64, _ epoch: Int) -> [Int] {
      BatchOrder(samples: 4, batchSize: 8, seed: seed, draws: draws).order(epoch: epoch)
    }
    #expect(order(1, 2) == order(1, 2) && order(1, 2).count == 50)
    #expect(order(1, 2) != order(1, 3) && order(1, 2) != order(2, 2))
    #expect(BatchOrder(samples: 4, batchSize: 8, seed: 1, draws: draws).batchesPerEpoch == 6)
  }

  /// Five images, of which one shows a rare class.
  private func rare(_ folder: String) throws -> SmallDataset {
    let dataset = try SmallDataset(folder, train: 5)
    for index in 0..<5 {
      try dataset.writeSample(
        "t\(index)", ids: (0..<24).map { index == 2 && $0 < 6 ? 1 : 0 })
    }
    return dataset
  }

  private func order(_ data: SegmentationData, epochs: Int) -> [Int] {
    let order = BatchOrder(samples: 5, batchSize: 1, seed: 1, draws: data.train.draws)
    return (0..<epochs).flatMap { order.order(epoch: $0) }
  }

  @Test func `an image of a rare class comes as often as the class is rare`() throws {
    try withTemporaryFolder { folder in
      var dataset = try rare(folder)
      dataset.configuration.sampling = .init(balancesClasses: true, samplesPerEpoch: 100)
      let drawn = order(try dataset.load(), epochs: 50)
      // 6 of 120 pixels are of the rare class: it weighs 20, the others 120 / 114 each.
      let expected = 5000 * 20 / (20 + 4 * 120.0 / 114)
      #expect(abs(Double(drawn.count { $0 == 2 }) - expected) < 120)
      dataset.configuration.sampling?.balancesClasses = false
      #expect(abs(order(try dataset.load(), epochs: 50).count { $0 == 2 } - 1000) < 120)
    }
  }

  @Test func `weights of the list are followed, and are part of the fingerprint`() throws {
    try withTemporaryFolder { folder in
      let dataset = try rare(folder)
      let plain = try dataset.load()
      #expect(plain.train.draws == nil)
      try dataset.writeText(
        "train.txt",
        (0..<5).map { "t\($0).png t\($0)-mask.png weight=\($0 == 4 ? 6 : 1)\n" }.joined())
      let data = try dataset.load()
      #expect(data.train.samplesPerEpoch == 5)
      #expect(abs(order(data, epochs: 1000).count { $0 == 4 } - 3000) < 140)
      #expect(data.fingerprints[0] != plain.fingerprints[0])
      #expect(data.fingerprints[1] == plain.fingerprints[1])
    }
  }

  @Test func `a repeated sample is augmented anew, on any number of threads and after any batch`()
    throws
  {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 2)
      dataset.configuration.sampling = .init(balancesClasses: false, samplesPerEpoch: 21)
      let data = try dataset.load()
      func batches(from first: Int, threads: Int) throws -> [[Float]] {
        let loader = try Loader(
          training: data.train, batchSize: 3,
          augmentations: [Rotate(.sample(Rotate.fields, ["probability": .number(1)]))], seed: 1,
          firstBatch: first, threads: threads)
        #expect(loader.batchesPerPass == 7)
        return try (first..<16).map { _ in
          Array(UnsafeBufferPointer(start: try loader.next().images, count: loader.shape.count))
        }
      }
      let whole = try batches(from: 0, threads: 1)
      let images = whole.flatMap { batch in (0..<3).map { Array(batch[24 * $0..<24 * $0 + 24]) } }
      #expect(Set(images).count > 40)
      #expect(try batches(from: 0, threads: 4) == whole)
      for first in [3, 7, 10] {
        #expect(try batches(from: first, threads: 2) == Array(whole[first...]))
      }
    }
  }

  @Test func `an epoch may be longer than the list`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.sampling = .init(balancesClasses: false, samplesPerEpoch: 12)
      let looked = try DataInspector().inspect(dataset.configuration, seed: 1)
      #expect(looked.trainingSamples == 3 && looked.samplesPerEpoch == 12)
      let loader = try Loader(
        training: dataset.load().train, batchSize: 6, augmentations: [], seed: 1)
      #expect(loader.batchesPerPass == 2)
    }
  }
}
