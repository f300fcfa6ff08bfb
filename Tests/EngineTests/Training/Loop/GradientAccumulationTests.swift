@testable import Datasets
@testable import Execution
@testable import Networks
import Testing
@testable import Training

@Suite("A step of several batches")
struct GradientAccumulationTests {
  private func settings(_ batch: Int, times iterSize: Int) -> SmallTraining {
    SmallTraining(
      solver: "SGD", batchSize: batch, duration: .epochs(2), rate: 0.1, augments: false,
      batchNorm: false,
      change: { $0.optimization.batchesPerStep = iterSize })
  }

  private func weights(_ settings: SmallTraining, _ data: SegmentationData) throws -> [Float] {
    try checkpoint(settings, data, after: 2).values.filter { $0.key.role == .parameter }
      .sorted { $0.key.name < $1.key.name }.flatMap(\.value)
  }

  @Test("it is a step of one batch so many times as large, where batch norm has no part in it")
  func oneLargeBatch() throws {
    try withScenes { data in
      let large = try record(settings(4, times: 1), data)
      let small = try record(settings(2, times: 2), data)
      let single = try record(settings(1, times: 4), data)
      #expect(large.map(\.step) == [2, 4])
      for other in [small, single] {
        #expect(other.map(\.step) == large.map(\.step))
        #expect(other.map(\.rate) == large.map(\.rate))
        for (one, another) in zip(other, large) {
          for (loss, reference) in zip(one.losses, another.losses) {
            #expect(abs(loss - reference) < 1e-4 * reference)
          }
        }
      }
      let reference = try weights(settings(4, times: 1), data)
      let others = try weights(settings(2, times: 2), data)
      #expect(zip(reference, others).allSatisfy { abs($0 - $1) < 1e-5 })
      // Steps of half the images lead elsewhere.
      let half = try weights(settings(2, times: 1), data)
      #expect(zip(reference, half).contains { abs($0 - $1) > 1e-3 })
    }
  }

  @Test("an epoch has whole steps, and what is left over waits")
  func epochs() throws {
    // Ten images make one step of 2 × 3 images an epoch, although a fourth batch could be filled.
    let order = BatchOrder(samples: 10, batchSize: 2, batchesPerStep: 3, seed: 1)
    #expect(order.batchesPerEpoch == 3)
    #expect(BatchOrder(samples: 10, batchSize: 2, seed: 1).batchesPerEpoch == 5)
    try withScenes(train: 10) { data in
      let evaluations = try record(settings(2, times: 3), data)
      #expect(evaluations.map(\.step) == [1, 2])
    }
  }

  @Test("continued from an evaluation it is the training that was never stopped")
  func continues() throws {
    try withScenes { data in
      let settings = SmallTraining(
        template: "enet", batchSize: 2, change: { $0.optimization.batchesPerStep = 2 })
      let straight = try record(settings, data)
      for number in 1...2 {
        let kept = try checkpoint(settings, data, after: number)
        #expect(
          try record(settings, data, from: kept) == Array(straight[number...]))
      }
    }
  }

  @Test("one batch a step is what it was without the setting")
  func one() throws {
    try withScenes { data in
      let plain = try record(SmallTraining(), data)
      let single = try record(SmallTraining(change: { $0.optimization.batchesPerStep = 1 }), data)
      #expect(single == plain)
    }
  }

  @Test("more images a step than there are is refused")
  func tooMany() throws {
    try withScenes { data in
      #expect {
        try TrainingLoop(settings(3, times: 3).configuration, data: data)
      } throws: { error in
        "\(error)" == "training.batch_size times solver.iter_size is 3 × 3 = 9 but there are 8 "
          + "training images: make one of them smaller"
      }
    }
  }
}
