@testable import Training
@testable import Datasets
@testable import Groundwork
import Testing

/// What every augmentation of the registry promises.
@Suite struct AugmentationConformanceTests {
  static let types = Registry.augmentations.members

  /// Those that change what values the pixels have, and leave the labels alone.
  static let ofValues: Set<String> = [
    "distort", "color_jitter", "hue_saturation", "brightness_contrast", "gamma", "clahe", "noise",
    "gaussian_noise", "poisson_noise", "speckle_noise", "salt_and_pepper", "gaussian_blur",
    "median_blur", "motion_blur", "jpeg", "cutout",
  ]

  /// With every probability 1, so that each draw shows.
  private func make(
    _ type: any Augmentation.Type, _ written: [String: FieldValue] = [:]
  ) throws -> any Augmentation {
    var values = written
    if type.fields.contains(where: { $0.name == "probability" }), values["probability"] == nil {
      values["probability"] = .number(type is Mirror.Type ? 0.5 : 1)
    }
    // What suits small images.
    if type is Rotate90.Type { values["turns"] = .name("half") }
    if type is Translate.Type { values["pixels"] = .integer(8) }
    if type is CLAHE.Type { values["tiles"] = .integer(1) }
    // Lambdas around a half, so that both parts of a mixed sample show.
    if type is Mixup.Type { values["alpha"] = .number(8) }
    return try type.init(.sample(type.fields, values))
  }

  private func apply(
    _ augmentation: any Augmentation, to sample: Sample, draw: Int
  ) -> Sample {
    var sample = sample
    var random = RandomStream(seed: 5, purpose: .init("test#0"), sample: draw)
    sample.partners = (0..<augmentation.partners(random)).map { _ in
      let isPlain = sample.fill[0] != -1e6
      var partner = isPlain ? sample : coordinateScene(size: sample.size, mirrored: true)
      partner.partners = []
      if isPlain { partner.scaleValues(by: 0.5, plus: 3) }
      return partner
    }
    augmentation.apply(to: &sample, random: &random)
    return sample
  }

  @Test func `the registry lists augmentations alone`() {
    #expect(Self.types.count == Registry.augmentations.components.count)
    #expect(Set(Registry.augmentations.names).count == Self.types.count)
  }

  @Test func `those that change values alone say so, so that images are changed by themselves`() {
    let said = Set(Self.types.filter { $0.changesValuesAlone }.map { $0.name })
    // A cutout removes the same part of every image, and of the labels if it is told to.
    #expect(said == Self.ofValues.subtracting(["cutout"]))
  }

  @Test(arguments: types.indices)
  func `each label is that of where its pixel comes from`(index: Int) throws {
    let type = Self.types[index]
    guard !Self.ofValues.contains(type.name), !type.changesPoints else { return }
    let scene = coordinateScene()
    #expect(scene.misplacedLabels(of: scene.size) == 0)
    var choices: [[String: FieldValue]] = [[:]]
    if let border = type.fields.first(where: { $0.name == "border" || $0.name == "pad_mode" }),
      case .name(let names) = border.type
    {
      // Across the seam of wrap a pixel is mixed from both edges, and tells no place.
      choices = names.filter { $0 != "wrap" }.map { [border.name: .name($0)] }
    }
    for written in choices {
      let augmentation = try make(type, written)
      for draw in 0..<40 {
        let result = apply(augmentation, to: scene, draw: draw)
        for part in result.parts(of: scene, and: coordinateScene(mirrored: true)) {
          #expect(part.misplacedLabels(of: scene.size) == 0, "\(written), draw \(draw)")
          #expect(part.labels.contains { $0 != Labels.ignoreIndex })
        }
      }
    }
  }

  @Test(arguments: types.indices)
  func `changes of values leave labels as they are and values in range`(index: Int) throws {
    let type = Self.types[index]
    guard Self.ofValues.contains(type.name) else { return }
    for channels in [1, 3] {
      let scene = colourScene(channels: channels)
      let augmentation = try make(type)
      for draw in 0..<10 {
        let result = apply(augmentation, to: scene, draw: draw)
        #expect(result.labels == scene.labels)
        #expect(result.image.allSatisfy { 0 <= $0 && $0 <= 255 })
      }
    }
  }

  @Test(arguments: types.indices)
  func `labels stay in the set of classes`(index: Int) throws {
    let augmentation = try make(Self.types[index])
    let scene = coordinateScene()
    for draw in 0..<20 {
      let result = apply(augmentation, to: scene, draw: draw)
      let labels = Set(result.labels + result.otherLabels)
      #expect(labels.isSubset(of: Set(scene.labels + [Labels.ignoreIndex])))
    }
  }

  @Test(arguments: types.indices)
  func `samples of a size go through the same memory again and again`(index: Int) throws {
    let augmentation = try make(Self.types[index])
    let scene = colourScene(channels: 3)
    let loaded = LoadedSample(raster: scene.raster, labels: .words(scene.labels))
    var sample = scene.empty
    var seen: Set<UnsafeRawPointer> = []
    for draw in 0..<24 {
      if draw == 4 { seen = [] }
      sample.replace(by: loaded)
      var random = RandomStream(seed: 5, purpose: .init("test#0"), sample: draw)
      sample.withPartners(augmentation.partners(random)) { partners in
        for place in partners.indices { partners[place].replace(by: loaded) }
      }
      augmentation.apply(to: &sample, random: &random)
      sample.image.withUnsafeBytes { seen.formUnion([$0.baseAddress].compactMap(\.self)) }
      sample.labels.withUnsafeBytes { seen.formUnion([$0.baseAddress].compactMap(\.self)) }
      guard augmentation.mixesLabels else { continue }
      sample.otherLabels.withUnsafeBytes { seen.formUnion([$0.baseAddress].compactMap(\.self)) }
    }
    #expect(seen.count <= 4, "two images and two labels")
  }

  @Test(arguments: types.indices)
  func `the size is as promised and every value is there`(index: Int) throws {
    let augmentation = try make(Self.types[index])
    for size in [Size(height: 24, width: 30), Size(height: 20, width: 17)] {
      let sample = apply(augmentation, to: labelledScene(size: size, channels: 3), draw: 1)
      #expect(sample.size == (try augmentation.outputSize(for: size)))
      #expect(sample.image.count == sample.size.area * sample.channels)
      #expect(sample.labels.count == sample.size.area)
    }
  }

  @Test(arguments: types.indices)
  func `what lay in the sample's memory does not show`(index: Int) throws {
    let augmentation = try make(Self.types[index])
    let scene = labelledScene(size: Size(height: 24, width: 30), channels: 3)
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
      #expect(results.allSatisfy { $0.otherLabels == results[0].otherLabels })
    }
  }

  @Test(arguments: types.indices)
  func `a sample has two planes of labels where it is said to, and there alone`(index: Int) throws {
    let augmentation = try make(Self.types[index])
    for draw in 0..<8 {
      var sample = colourScene(channels: 3)
      sample = apply(augmentation, to: sample, draw: draw)
      #expect((sample.lambda < 1) == augmentation.mixesLabels)
      #expect(sample.otherLabels.count == (augmentation.mixesLabels ? sample.size.area : 0))
      sample.replace(by: LoadedSample(raster: sample.raster, labels: .words(sample.labels)))
      #expect(sample.lambda == 1)
    }
  }

  @Test(arguments: types.indices)
  func `the same draws give the same sample, others another`(index: Int) throws {
    let augmentation = try make(Self.types[index])
    // A pad of fixed extent draws nothing.
    guard Self.types[index].name != ReflectPad.name else { return }
    let scene = colourScene(channels: 3)
    let results = (0..<12).map { apply(augmentation, to: scene, draw: $0).image }
    #expect(results == (0..<12).map { apply(augmentation, to: scene, draw: $0).image })
    #expect(Set(results).count > 1)
  }
}

/// Colours of all kinds, with classes in stripes.
func colourScene(channels: Int, size: Size = Size(height: 24, width: 30)) -> Sample {
  var random = RandomStream(seed: 8, purpose: .init("scene"))
  let image = (0..<size.area * channels).map { index in
    Float((index / 7 * 37 + index * 3) % 200 + random.below(56))
  }
  return Sample(
    size: size, channels: channels, image: image, labels: (0..<size.area).map { Label($0 / 9 % 3) },
    fill: Array(repeating: 100, count: channels))
}
