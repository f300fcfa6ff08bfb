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

  /// Channels tell where a voxel comes from: x, y and z. So does the label.
  private func coordinateVolume(_ extent: SpatialExtent) -> Sample {
    let places = (0..<extent.count).map { place in
      (
        x: place % extent.width, y: place / extent.width % extent.height,
        z: place / (extent.width * extent.height)
      )
    }
    return Sample(
      size: Size(height: extent.depth * extent.height, width: extent.width),
      stack: ImageStack(channels: 3),
      image: places.map { Float($0.x) } + places.map { Float($0.y) } + places.map { Float($0.z) },
      labels: places.map { Label($0.z * 64 + $0.y * 8 + $0.x) }, fill: [-1e6, -1e6, -1e6],
      depth: extent.depth)
  }

  @Test("a volume is turned about its axes, voxel by voxel where they meet")
  func quarterTurns() {
    let extent: SpatialExtent = [4, 4, 4], last = Label(3)
    for (angles, source) in [
      ((x: 90.0, y: 0.0, z: 0.0), { (x, y, z) in (x, last - z, y) }),
      ((x: 0, y: 90, z: 0), { (x, y, z) in (last - z, y, x) }),
      ((x: 0, y: 0, z: 90), { (x, y, z) in (last - y, x, z) }),
    ] as [((x: Double, y: Double, z: Double), (Label, Label, Label) -> (Label, Label, Label))] {
      var volume = coordinateVolume(extent)
      volume.warp(
        by: VolumeMap(angles: angles, scale: 1, depthSpacing: 1, about: extent), border: .replicate,
        grid: 0
      ) { _ in }
      for place in 0..<64 {
        let (x, y, z) = (Label(place % 4), Label(place / 4 % 4), Label(place / 16))
        let from = source(x, y, z)
        #expect(volume.labels[place] == from.2 * 64 + from.1 * 8 + from.0, "\(angles), \(place)")
        #expect(abs(volume.image[128 + place] - Float(from.2)) < 1e-5)
      }
    }
  }

  @Test(
    "each label of a turned, scaled and deformed volume is that of where its voxel comes from",
    arguments: ["constant", "replicate", "reflect101", "reflect"], [1.0, 2.5])
  func labelsOfVolumes(border: String, spacing: Double) throws {
    let transform = try #require(
      try Registry.augmentations.makeDefault(
        "spatial_transform",
        [
          "probability": .number(1), "tilt": .number(40), "deviation": .number(1.5),
          "depth_spacing": .number(spacing), "border": .name(border),
        ]) as? any Augmentation)
    let extent: SpatialExtent = [5, 7, 8]
    for draw in 0..<20 {
      var volume = coordinateVolume(extent)
      var stream = RandomStream(seed: 1, purpose: .init("volume"), sample: draw)
      transform.apply(toVolume: &volume, random: &stream)
      #expect(volume.labels.contains { $0 != Labels.ignoreIndex })
      for place in 0..<extent.count where volume.labels[place] != Labels.ignoreIndex {
        let label = volume.labels[place]
        let found = [label % 8, label / 8 % 8, label / 64]
        let values = (0..<3).map { volume.image[$0 * extent.count + place] }
        // Nearer to the volume than half a voxel the label is known, and the fill shines through.
        guard values.allSatisfy({ $0 >= 0 }) else { continue }
        for (value, voxel) in zip(values, found) {
          #expect(abs(value - Float(voxel)) < 0.51, "\(border), draw \(draw), \(place)")
        }
      }
    }
  }

  @Test("images are turned in their plane alone, and are a volume of one slice")
  func spatialTransformOfImages() throws {
    let written: [String: FieldValue] = ["probability": .number(1), "deviation": .number(2)]
    let transform = try #require(
      try Registry.augmentations.makeDefault("spatial_transform", written) as? any Augmentation)
    var (image, stream) = (slices[0], random())
    transform.apply(to: &image, random: &stream)
    #expect(image.image != slices[0].image && image.labels.count == slices[0].labels.count)
    let tilted = try #require(
      try Registry.augmentations.makeDefault("spatial_transform", ["tilt": .number(5)])
        as? any Augmentation)
    let error = #expect(throws: ComponentError.self) { try tilted.check(spatialRank: 2) }
    #expect(error?.field == "tilt")
    try tilted.check(spatialRank: 3)
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
