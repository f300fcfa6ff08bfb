internal import Datasets
internal import Groundwork
internal import Tracking

/// How the section is read: its keys, and what of them excludes each other.
extension DataSection {
  static func read(_ value: SpecValue) -> DataSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      keys.requireAtMostOne(of: ["size", "crop", "patches"])
      let root = keys["root"]?.filePath()
      keys.decoder.dataRoot = root
      let generated = keys.has("generated")
      let source = generated ? readGenerated(keys) : readLists(keys)
      let classes = generated ? nil : keys.required("classes")?.classes()
      let masks = readMasks(keys, generated: generated)
      let ignore = keys["ignore"]?.elements()?.compactMap { $0.ignored() } ?? []
      let geometry = readGeometry(keys)
      let resizing = readResizing(keys, geometry)
      let images = keys["channels"]?.imageChannels() ?? [3]
      let slices = keys["slices"]?.slices() ?? ImageStack.Slices()
      let axes = keys["axes"]?.volumeAxes()
      let normalization = keys["normalize"]?.normalization(images: images)
      let range = keys["range"]?.valueRange()
      let noData = keys["no_data"]?.noData()
      let roi = keys["roi"]?.filePath()
      keys.requireAtMostOne(of: ["generated", "test"])
      let test = keys["test"]?.judgedSets()
      let colours = keys[ClassColours.key]?.classColours()
      let sampling = keys["sampling"]?.sampling()
      let groups = keys["groups"].map { $0.groups() } ?? .volumes
      keys.refuse(
        "labels",
        remedy: "write task: multilabel at the top where a pixel may be of several classes")
      keys.finish()
      if generated, images.count > 1 {
        keys["channels"]?.report("names \(images.count) images, but generated scenes have one")
      }
      guard let source, let groups, let classes = classes ?? source.drawnClasses else {
        return nil
      }
      var section = DataSection(
        root: root, source: source, classes: classes, masks: masks,
        ignore: Set(ignore.compactMap(\.value)).sorted(),
        ignoredNames: Set(ignore.compactMap(\.name)).sorted(),
        geometry: geometry, stack: ImageStack(images: images, slices: slices, axes: axes),
        normalization: normalization ?? .dataset, sampling: sampling, groups: groups, roi: roi,
        range: range, noData: noData, resizing: resizing)
      section.test = test
      section.classColours = colours ?? .standard
      return section
    }
  }

  private static func readMasks(_ keys: SpecMapping, generated: Bool) -> MaskSetting {
    if generated {
      for key in ["values", "colors"] { keys.requireAtMostOne(of: ["generated", key]) }
    }
    return MaskSetting.read(keys)
  }

  private static func readGeometry(_ keys: SpecMapping) -> DataConfiguration.Geometry {
    let size = keys["size"]?.size()
    let crop = keys["crop"]?.size()
    let patches = keys["patches"]?.patches()
    return size.map { .resize($0) } ?? crop.map { .crop($0) } ?? patches.map { .patches($0) }
      ?? .original
  }

  private static func readResizing(
    _ keys: SpecMapping, _ geometry: DataConfiguration.Geometry
  ) -> DataConfiguration.Resizing {
    guard let interpolation = keys["interpolation"],
      let resizing = interpolation.name(
        of: DataConfiguration.Resizing.allCases.map(\.rawValue), kind: "interpolation"
      ).flatMap(DataConfiguration.Resizing.init)
    else { return .antialiased }
    if case .resize = geometry { return resizing }
    interpolation.report("says how images are resized", remedy: "write data.size, or leave it out")
    return .antialiased
  }

  private static func readLists(_ keys: SpecMapping) -> Source? {
    let train = keys.required("train")?.sampleSources(weights: true)
    let validation = keys.required("validation")?.validation()
    guard let train, let validation else { return nil }
    return .lists(train: train, validation: validation)
  }

  private static func readGenerated(_ keys: SpecMapping) -> Source? {
    for other in ["train", "validation", "classes"] {
      keys.requireAtMostOne(of: ["generated", other])
      _ = keys.has(other)
    }
    guard let scenes = keys["generated"]?.mapping() else { return nil }
    let train = scenes.required("train")?.integer(in: 1...100_000)
    let validation = scenes.required("validation")?.integer(in: 1...100_000)
    let size = scenes.required("size")?.size()
    let classes = scenes["classes"].map { $0.integer(in: 3...5) } ?? 4
    let seed = scenes["seed"].map { $0.integer(in: 0...Int.max) } ?? 1
    scenes.finish()
    guard let train, let validation, let size, let classes, let seed else { return nil }
    return .generated(
      GeneratedScenes(
        train: train, validation: validation, size: size, classes: classes, seed: UInt64(seed)))
  }
}
