@testable import Datasets
@testable import Groundwork
import Testing

/// What augmentations make of samples of several images and slices.
@Suite struct StackAugmentationTests {
  private let size = Size(height: 24, width: 30)
  /// An RGB image and a grey one, two slices of each.
  private let stack = ImageStack(images: [3, 1], slices: .init(before: 0, after: 1))

  /// All images show the same.
  private var scene: Sample {
    let plane = (0..<size.area).map { Float($0 * 37 % 200 + 20) }
    return Sample(
      size: size, stack: stack, image: (0..<8).flatMap { _ in plane },
      labels: (0..<size.area).map { Label($0 % 5) }, fill: Array(repeating: 128, count: 8))
  }

  private func augmented(_ augmentation: any Augmentation, number: Int = 3) throws -> [[Float]] {
    var sample = scene
    try AugmentationPipeline([augmentation], seed: 9)
      .applyAlone(to: &sample, epoch: 1, number: number)
    let area = sample.size.area
    return (0..<8).map { Array(sample.image[$0 * area..<($0 + 1) * area]) }
  }

  @Test func `what moves pixels moves those of all images alike`() throws {
    for augmentation in [
      Rotate(.sample(Rotate.fields, ["probability": .number(1)])) as any Augmentation,
      Elastic(.sample(Elastic.fields, ["probability": .number(1)])),
    ] {
      let planes = try augmented(augmentation)
      #expect(planes[0] != Array(scene.image[..<size.area]))
      #expect(planes.allSatisfy { $0 == planes[0] })
    }
  }

  @Test func `values of an image's slices change alike, those of another image by themselves`()
    throws
  {
    let change = BrightnessContrast(
      .sample(BrightnessContrast.fields, ["probability": .number(1)]))
    let planes = try augmented(change)
    // RGB slice, RGB slice, grey slice, grey slice.
    #expect(planes[0..<3] == planes[3..<6])
    #expect(planes[6] == planes[7])
    #expect(planes[0] != planes[6])
  }

  @Test func `noise is another in every slice`() throws {
    for noise in [
      GaussianNoise(.sample(GaussianNoise.fields, ["probability": .number(1)]))
        as any Augmentation,
      SaltAndPepper(.sample(SaltAndPepper.fields, ["probability": .number(1)])),
    ] {
      let planes = try augmented(noise)
      #expect(planes[0] != planes[3])
      #expect(planes[6] != planes[7])
      #expect(planes[0] != planes[6])
    }
  }

  @Test func `the first image changes as it would alone`() throws {
    let change = HueSaturation(.sample(HueSaturation.fields, ["probability": .number(1)]))
    var alone = Sample(
      size: size, channels: 3, image: Array(scene.image[..<(3 * size.area)]), labels: scene.labels,
      fill: [128, 128, 128])
    try AugmentationPipeline([change], seed: 9).applyAlone(to: &alone, epoch: 1, number: 3)
    #expect(try Array(augmented(change)[0..<3].joined()) == alone.image)
  }
}
