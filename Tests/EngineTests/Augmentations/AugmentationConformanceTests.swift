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
  func `what lay in the sample's memory does not show`(index: Int) throws {
    let augmentation = try Self.types[index].init(.sample(Self.types[index].fields))
    let scene = labelledScene(size: Size(height: 24, width: 30))
    let used = [Float.nan, -7].map { value in
      var sample = scene
      sample.redraw { old, image, labels in
        for index in image.indices { image[index] = value }
        for index in labels.indices { labels[index] = value.isNaN ? 77 : 78 }
      }
      // What was drawn now lies in the memory that the next drawing goes into.
      sample.redraw { _, image, labels in (image, labels) = (scene.image, scene.labels) }
      return sample
    }
    for draw in 0..<12 {
      let results = ([scene] + used).map { apply(augmentation, to: $0, draw: draw) }
      #expect(results.allSatisfy { $0.image == results[0].image })
      #expect(results.allSatisfy { $0.labels == results[0].labels })
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
