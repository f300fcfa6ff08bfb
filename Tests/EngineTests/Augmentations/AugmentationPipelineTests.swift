import Testing

@testable import Engine

@Suite struct AugmentationPipelineTests {
  private let mirror = Mirror(.sample(Mirror.fields))
  private let rotate = Rotate(.sample(Rotate.fields, ["probability": .number(0)]))
  private let scene = labelledScene(size: Size(height: 24, width: 30))

  private func results(_ augmentations: [any Augmentation], seed: UInt64 = 42) -> [[UInt8]] {
    let pipeline = AugmentationPipeline(augmentations, seed: seed)
    return (0..<16).map { number in
      var sample = scene
      pipeline.apply(to: &sample, epoch: 0, number: number)
      return sample.labels
    }
  }

  @Test func `another augmentation before it leaves the draws of one as they are`() {
    #expect(results([rotate, mirror]) == results([mirror]))
  }

  @Test func `the second of a kind draws for itself`() {
    let once = results([mirror]).map { $0 != scene.labels }
    let twice = results([mirror, mirror]).map { $0 != scene.labels }
    // Were the draws the same, mirroring twice would always undo itself.
    #expect(twice.contains(true))
    #expect(once != twice)
  }

  @Test func `sample, epoch and seed all matter`() {
    let pipeline = AugmentationPipeline([mirror], seed: 42)
    let perEpoch = (0..<16).map { epoch in
      var sample = scene
      pipeline.apply(to: &sample, epoch: epoch, number: 0)
      return sample.labels
    }
    #expect(Set(results([mirror])).count == 2)
    #expect(Set(perEpoch).count == 2)
    #expect(results([mirror]) != results([mirror], seed: 43))
  }

  @Test func `the output size goes through all stages`() throws {
    let crops = [Size(height: 20, width: 28), Size(height: 16, width: 8)].map {
      RandomCrop(.sample(RandomCrop.fields, ["size": .size($0)]))
    }
    let size = Size(height: 24, width: 30)
    #expect(
      try AugmentationPipeline(crops, seed: 0).outputSize(for: size) == Size(height: 16, width: 8))
    #expect(throws: ComponentError.self) {
      try AugmentationPipeline(crops.reversed(), seed: 0).outputSize(for: size)
    }
  }
}
