@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct AugmentationPipelineTests {
  private let mirror = Mirror(.sample(Mirror.fields))
  private let rotate = Rotate(.sample(Rotate.fields, ["probability": .number(0)]))
  private let scene = labelledScene(size: Size(height: 24, width: 30))

  private func results(_ augmentations: [any Augmentation], seed: UInt64 = 42) -> [[Label]] {
    let pipeline = try! AugmentationPipeline(augmentations, seed: seed)
    return (0..<16).map { number in
      var sample = scene
      pipeline.applyAlone(to: &sample, epoch: 0, number: number)
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

  @Test func `sample, epoch and seed all matter`() throws {
    let pipeline = try AugmentationPipeline([mirror], seed: 42)
    let perEpoch = (0..<16).map { epoch in
      var sample = scene
      pipeline.applyAlone(to: &sample, epoch: epoch, number: 0)
      return sample.labels
    }
    #expect(Set(results([mirror])).count == 2)
    #expect(Set(perEpoch).count == 2)
    #expect(results([mirror]) != results([mirror], seed: 43))
  }

  @Test func `the output size goes through all stages`() throws {
    let crops = try [Size(height: 20, width: 28), Size(height: 16, width: 8)].map {
      try RandomCrop(.sample(RandomCrop.fields, ["size": .size($0)]))
    }
    let size = Size(height: 24, width: 30)
    #expect(
      try AugmentationPipeline(crops, seed: 0).outputSize(for: size) == Size(height: 16, width: 8))
    #expect(throws: ComponentError.self) {
      try AugmentationPipeline(crops.reversed(), seed: 0).outputSize(for: size)
    }
  }

  @Test func `samples that are mixed in have been through what comes before, as themselves`() throws
  {
    // Samples of one value each: its number. Cropping comes first, so partners must be cropped too.
    var source = NumberedSamples(count: 5)
    let crop = try RandomCrop(
      .sample(RandomCrop.fields, ["size": .size(Size(height: 6, width: 6))]))
    let mosaic = Mosaic(.sample(Mosaic.fields, ["probability": .number(1)]))
    let pipeline = try AugmentationPipeline([crop, mosaic], seed: 3)
    var partners: Set<Float> = []
    for epoch in 0..<30 {
      var sample = source.sample(2)
      try pipeline.apply(to: &sample, epoch: epoch, number: 12, others: &source)
      #expect(sample.size == Size(height: 6, width: 6))
      let values = Set(sample.image)
      #expect(values.contains(2) && values.count <= 4)
      #expect(zip(sample.image, sample.labels).allSatisfy { $0 == Float($1) })
      partners.formUnion(values)
    }
    #expect(partners == [0, 1, 2, 3, 4])
  }

  @Test func `what mixes labels comes last and once`() throws {
    let mixup = Mixup(.sample(Mixup.fields))
    func problem(_ augmentations: [any Augmentation]) -> String? {
      do throws(ComponentError) {
        _ = try AugmentationPipeline(augmentations, seed: 0)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(problem([mirror, mixup]) == nil)
    #expect(
      problem([mixup, mirror, rotate])
        == "mirror comes after it, but would have to change two planes of labels: write mixup last")
    #expect(
      problem([mixup, mirror, mixup])?.hasSuffix(
        "two planes of labels: write mixup once, at the end")
        == true)
    #expect(try AugmentationPipeline([mirror, mixup], seed: 0).mixesLabels)
    #expect(try !AugmentationPipeline([mirror], seed: 0).mixesLabels)
    #expect(
      AugmentationPipeline.problem(in: [mirror, mixup, rotate], ClassMasks())?.index == 1)
  }

  @Test func `a mixed sample has the values of both samples weighted by λ, and the labels of both`()
    throws
  {
    var source = NumberedSamples(count: 5)
    let pipeline = try AugmentationPipeline([Mixup(.sample(Mixup.fields))], seed: 3)
    var partners: Set<Label> = []
    for epoch in 0..<30 {
      var sample = source.sample(2)
      try pipeline.apply(to: &sample, epoch: epoch, number: 12, others: &source)
      #expect(sample.labels.allSatisfy { $0 == 2 })
      let other = try #require(sample.otherLabels.first)
      #expect(sample.otherLabels.allSatisfy { $0 == other })
      let expected = sample.lambda * 2 + (1 - sample.lambda) * Float(other)
      #expect(sample.image.allSatisfy { abs($0 - expected) < 1e-6 })
      partners.insert(other)
    }
    #expect(partners == [0, 1, 3, 4])
  }

  @Test func `a sample without others stays as it is`() throws {
    var source = NumberedSamples(count: 1)
    let cutmix = CutMix(.sample(CutMix.fields, ["probability": .number(1)]))
    var sample = source.sample(0)
    try AugmentationPipeline([cutmix], seed: 3)
      .apply(to: &sample, epoch: 0, number: 10, others: &source)
    #expect(sample.image == source.sample(0).image)
  }
}

/// Samples 0, 1, … of that value and label, at 10, 11, … of their list.
struct NumberedSamples: SampleSource {
  let count: Int
  func number(of index: Int) -> Int { index + 10 }
  mutating func read(_ index: Int, into sample: inout Sample) { sample = self.sample(index) }

  func sample(_ index: Int) -> Sample {
    let size = Size(height: 8, width: 9)
    return Sample(
      size: size, channels: 1, image: Array(repeating: Float(index), count: size.area),
      labels: Array(repeating: Label(index), count: size.area), fill: [0])
  }
}

extension AugmentationPipeline {
  /// Of augmentations that mix nothing in.
  func applyAlone(to sample: inout Sample, epoch: Int, number: Int) {
    var nothing = NumberedSamples(count: 0)
    do {
      try apply(to: &sample, epoch: epoch, number: number, others: &nothing)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
