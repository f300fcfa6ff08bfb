import Testing

@testable import Engine

/// What every augmentation of the registry promises.
@Suite struct AugmentationConformanceTests {
  static let types = Registry.augmentations.components.compactMap { $0 as? any Augmentation.Type }

  private func apply(
    _ augmentation: any Augmentation, to sample: Sample, draw: Int
  ) -> Sample {
    var sample = sample
    var random = RandomStream(seed: 5, purpose: .init("test"), sample: draw)
    augmentation.apply(to: &sample, random: &random)
    return sample
  }

  @Test func `the registry lists augmentations alone`() {
    #expect(Self.types.count == Registry.augmentations.components.count)
    #expect(Set(Registry.augmentations.names).count == Self.types.count)
  }

  @Test(arguments: types.indices)
  func `image and labels stay aligned`(index: Int) throws {
    let augmentation = try Self.types[index].init(.sample(Self.types[index].fields))
    let scene = labelledScene(size: Size(height: 24, width: 30))
    #expect(scene.imageFollowsLabels)
    for draw in 0..<40 {
      #expect(apply(augmentation, to: scene, draw: draw).imageFollowsLabels)
    }
  }

  @Test(arguments: types.indices)
  func `the size is as promised and every value is there`(index: Int) throws {
    let augmentation = try Self.types[index].init(.sample(Self.types[index].fields))
    for size in [Size(height: 24, width: 30), Size(height: 20, width: 17)] {
      let sample = apply(augmentation, to: labelledScene(size: size), draw: 1)
      #expect(sample.size == (try augmentation.outputSize(for: size)))
      #expect(sample.image.count == sample.size.area * sample.channels)
      #expect(sample.labels.count == sample.size.area)
    }
  }

  @Test(arguments: types.indices)
  func `the same draws give the same sample, others another`(index: Int) throws {
    let augmentation = try Self.types[index].init(.sample(Self.types[index].fields))
    let scene = labelledScene(size: Size(height: 24, width: 30))
    let results = (0..<12).map { apply(augmentation, to: scene, draw: $0).image }
    #expect(results == (0..<12).map { apply(augmentation, to: scene, draw: $0).image })
    #expect(Set(results).count > 1)
  }
}
