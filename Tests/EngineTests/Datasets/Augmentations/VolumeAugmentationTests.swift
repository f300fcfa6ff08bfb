@testable import Datasets
@testable import Groundwork
import Testing

/// Augmentations of patches of volumes.
@Suite struct VolumeAugmentationTests {
  private let depth = 3
  private let height = 6
  private let width = 6

  private var slices: [Sample] {
    (0..<depth).map { slice in
      let area = height * width
      return Sample(
        size: Size(height: height, width: width), channels: 2,
        image: (0..<2 * area).map { Float(($0 * 7 + slice * 31) % 251) },
        labels: (0..<area).map { Label(($0 + slice) % 5) }, fill: [9, 9])
    }
  }

  /// `[C, D, H, W]`
  private func volume(_ slices: [Sample]) -> Sample {
    let area = slices[0].size.area
    let image = (0..<2).flatMap { channel in
      slices.flatMap { $0.image[channel * area..<(channel + 1) * area] }
    }
    return Sample(
      size: Size(height: depth * slices[0].size.height, width: slices[0].size.width),
      stack: ImageStack(channels: 2), image: image, labels: slices.flatMap(\.labels),
      fill: [9, 9], depth: depth)
  }

  private func random() -> RandomStream {
    RandomStream(seed: 4, purpose: .init("volume"), epoch: 1, sample: 2)
  }

  @Test(
    "what moves pixels moves those of all slices alike",
    arguments: [
      "mirror", "rotate", "rotate90", "elastic", "random_scale", "shift_scale_rotate", "gamma",
      "gaussian_blur",
    ])
  func alike(name: String) throws {
    let augmentation = try #require(
      try Registry.augmentations.makeDefault(name, ["probability": .number(1)])
        as? any Augmentation)
    var moved = volume(slices)
    var stream = random()
    augmentation.apply(toVolume: &moved, random: &stream)
    let expected = slices.map { slice in
      var (slice, own) = (slice, random())
      augmentation.apply(to: &slice, random: &own)
      return slice
    }
    #expect(moved.image == volume(expected).image)
    #expect(moved.labels == volume(expected).labels)
    #expect(moved.image != volume(slices).image)
  }

  @Test("noise differs from slice to slice")
  func noise() throws {
    let noise = try #require(
      try Registry.augmentations.makeDefault("gaussian_noise", ["probability": .number(1)])
        as? any Augmentation)
    var noisy = volume(Array(repeating: slices[0], count: depth))
    var stream = random()
    noise.apply(toVolume: &noisy, random: &stream)
    let area = height * width
    #expect(noisy.image[..<area] != noisy.image[area..<2 * area])
  }

  @Test("a volume is mirrored along its depth, image and labels alike")
  func depthMirror() throws {
    let mirror = try #require(
      try Registry.augmentations.makeDefault(
        "mirror", ["probability": .number(1), "axis": .name("depth")]) as? any Augmentation)
    var mirrored = volume(slices)
    var stream = random()
    mirror.apply(toVolume: &mirrored, random: &stream)
    let expected = volume(slices.reversed())
    #expect(mirrored.image == expected.image && mirrored.labels == expected.labels)
    let error = #expect(throws: ComponentError.self) { try mirror.outputExtent(for: [6, 6]) }
    #expect(error?.field == "axis")
    #expect(try mirror.outputExtent(for: [3, 6, 6]) == [3, 6, 6])
  }

  @Test("crops change the size of every slice")
  func crop() throws {
    let crop = try #require(
      try Registry.augmentations.makeDefault(
        "random_crop", ["size": .size(Size(height: 2, width: 4))]) as? any Augmentation)
    #expect(try crop.outputExtent(for: [3, 6, 6]) == [3, 2, 4])
    var cut = volume(slices)
    var stream = random()
    crop.apply(toVolume: &cut, random: &stream)
    #expect(cut.size == Size(height: 6, width: 4))
    #expect(cut.image.count == 2 * 3 * 8 && cut.labels.count == 3 * 8)
  }

  @Test(
    "what mixes samples is refused for volumes",
    arguments: ["mixup", "cutmix", "mosaic", "copy_paste"])
  func mixing(name: String) throws {
    let type = try #require(Registry.augmentations.find(name))
    let augmentation = try type.init(.sample(type.fields))
    #expect(throws: ComponentError.self) { try augmentation.check(spatialRank: 3) }
    try augmentation.check(spatialRank: 2)
  }
}
