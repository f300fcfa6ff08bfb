internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Tracking

/// `data`: what is learned from. Paths are kept as they were written.
struct DataSection: Sendable, Hashable {
  /// The folder that lists and their entries are relative to.
  var root: String?
  var source: Source
  var classes: Classes
  var classColours = ClassColours.standard
  /// What the pixels of masks say.
  var masks = MaskSetting.classIDs
  /// Mask values that never count, ascending.
  var ignore: [Int]
  /// Names of `data.colors` whose colours never count, ascending.
  var ignoredNames: [String] = []
  var geometry: DataConfiguration.Geometry
  /// What images a sample has, and in how many channels.
  var stack: ImageStack
  var normalization: DataConfiguration.Normalization
  var sampling: DataConfiguration.Sampling?
  /// What stays together when a part of the training list is held back.
  var groups = DataConfiguration.Groups.volumes
  /// The folder of the masks of what counts.
  var roi: String?
  /// A list that neither trains nor validates, for the judgement of what was trained.
  var test: String?
  var range: DataConfiguration.ValueRange?
  /// Which pixels of images hold nothing.
  var noData: DataConfiguration.NoData?
  /// How images become another size, where they do.
  var resizing = DataConfiguration.Resizing.antialiased

  enum Source: Sendable, Hashable {
    case lists(train: String, validation: Validation)
    case generated(GeneratedScenes)

    fileprivate var drawnClasses: Classes? {
      if case .generated(let scenes) = self { .names(scenes.classNames) } else { nil }
    }
  }

  enum Validation: Sendable, Hashable {
    case list(String)
    /// A seeded choice of this part of the training list.
    case fraction(Double)
    /// Equal parts of the training list, each of which validates in turn: `fold`, from 1, or all of
    /// them, which are as many trials.
    case folds(Int, fold: Int?)
  }

  enum Classes: Sendable, Hashable {
    /// A file with a name a line, not read yet.
    case file(String)
    case names([String])
  }

  /// The number of channels of the network's input.
  var channels: Int { stack.channels }

  /// The names of the classes, in the order of their ids; a class file must have been read.
  var classNames: [String] {
    guard case .names(let names) = classes else {
      preconditionFailure("the class file was not read")
    }
    return names
  }

  /// How many trials a point takes: the number of folds, where all of them are meant.
  var trials: Int {
    if case .lists(_, .folds(let folds, nil)) = source { folds } else { 1 }
  }

  /// Which part of the training list validates, from 1; `nil` where there are no folds, or all of
  /// them are meant.
  var fold: Int? {
    get { if case .lists(_, .folds(_, let fold)) = source { fold } else { nil } }
    set {
      guard case .lists(let train, .folds(let folds, _)) = source else { return }
      source = .lists(train: train, validation: .folds(folds, fold: newValue))
    }
  }
}

// MARK: - Reading

extension DataSection {
  fileprivate static let maximumFolds = 1000
  fileprivate static let maximumSlices = 50

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
      let test = keys["test"]?.filePath()
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
    let train = keys.required("train")?.filePath()
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

extension SpecValue {
  /// A list file, the fraction of the training list that is held back, or its folds.
  fileprivate func validation() -> DataSection.Validation? {
    if node.entries != nil { return folds() }
    switch node.scalar?.value {
    case .integer, .number:
      guard let fraction = number(in: Bounds(above: 0)) else { return nil }
      if fraction < 1 { return .fraction(fraction) }
      report("must be below 1 where it is a fraction, not \(node.description)")
      return nil
    default: return filePath().map { .list($0) }
    }
  }

  private func folds() -> DataSection.Validation? {
    guard let keys = mapping() else { return nil }
    let folds = keys.required("folds")?.integer(in: 2...DataSection.maximumFolds)
    let fold = keys["fold"].map { $0.integer(in: 1...(folds ?? DataSection.maximumFolds)) }
    keys.finish()
    guard let folds else { return nil }
    if let fold { return fold.map { .folds(folds, fold: $0) } }
    return .folds(folds, fold: nil)
  }

  /// The classes: the path of a file of names, or the names.
  fileprivate func classes() -> DataSection.Classes? {
    guard node.elements != nil else { return filePath().map { .file($0) } }
    let names = elements()?.compactMap { element in element.text() } ?? []
    do throws(DataError) {
      try ClassNames.check(names)
    } catch {
      for problem in error.problems { decoder.report("\(path): \(problem)", at: node.mark) }
      return nil
    }
    return .names(names)
  }

  /// How training samples are drawn.
  fileprivate func sampling() -> DataConfiguration.Sampling? {
    guard let keys = mapping() else { return nil }
    let balances = keys["class_balanced"].map { $0.boolean() } ?? false
    let samples = keys["samples_per_epoch"]?.integer(in: 1...100_000_000)
    keys.finish()
    return balances.map { .init(balancesClasses: $0, samplesPerEpoch: samples) }
  }

  /// `volumes`, `folder`, `none`, `{pattern: …}` or a file.
  fileprivate func groups() -> DataConfiguration.Groups? {
    guard node.entries != nil else {
      switch node.scalar?.text {
      case "folder": return .folder
      case "volumes": return .volumes
      case "none": return DataConfiguration.Groups.none
      default: return filePath().map { .file($0) }
      }
    }
    guard let keys = mapping() else { return nil }
    let pattern = keys.required("pattern")?.text()
    keys.finish()
    guard let pattern else { return nil }
    guard (try? Regex(pattern)) != nil else {
      keys["pattern"]?.report("is '\(pattern)', which is no regular expression")
      return nil
    }
    return .pattern(pattern)
  }

  /// The number of channels of each image of a sample: a number for one image, or a list of those
  /// of several.
  fileprivate func imageChannels() -> [Int]? {
    guard let list = node.elements else { return channels().map { [$0] } }
    if list.isEmpty { report("must name the channels of at least one image") }
    let images = elements()?.compactMap { $0.channels() } ?? []
    return images.isEmpty || images.count < list.count ? nil : images
  }

  private func channels() -> Int? {
    integer(in: 1...ImageStack.maximumChannels)
  }

  /// Which neighbours are seen with a slice.
  fileprivate func slices() -> ImageStack.Slices? {
    guard let keys = mapping() else { return nil }
    let before = keys["before"].map { $0.integer(in: 0...DataSection.maximumSlices) } ?? 0
    let after = keys["after"].map { $0.integer(in: 0...DataSection.maximumSlices) } ?? 0
    let spacing = keys["spacing"].map { $0.integer(in: 1...DataSection.maximumSlices) } ?? 1
    keys.finish()
    guard let before, let after, let spacing else { return nil }
    return .init(before: before, after: after, spacing: spacing)
  }

  /// What the axes of datasets are.
  fileprivate func volumeAxes() -> VolumeAxes? {
    guard let text = text() else { return nil }
    guard let axes = VolumeAxes(text) else {
      report(
        "'\(text)' names no axes: write a letter for each, y and x for height and width, c for channels "
          + "and others for slices, as czyx")
      return nil
    }
    return axes
  }

  /// The patches: their size, how far apart they are, and which of them are trained on.
  fileprivate func patches() -> Patches? {
    guard let keys = mapping() else { return nil }
    let size = keys.required("size")?.size()
    let stride = keys["stride"].map { $0.size() } ?? size
    let least = keys["least_labelled"].map { $0.number(in: Bounds(0...1)) } ?? 0
    keys.finish()
    guard let size, let stride, let least else { return nil }
    if stride.height > size.height || stride.width > size.width {
      keys["stride"]?.report(
        "is \(stride), larger than patches of \(size): pixels between them would never be seen")
    }
    return Patches(size: size, stride: stride, leastLabelled: least)
  }

  fileprivate func normalization(images: [Int]) -> DataConfiguration.Normalization? {
    let channels = images.reduce(0, +)
    guard node.entries != nil else {
      switch name(of: ["dataset", "imagenet", "none"], kind: "normalization") {
      case "dataset": return .dataset
      case "none": return DataConfiguration.Normalization.none
      case "imagenet":
        if !images.allSatisfy({ $0 == 3 }) {
          report("is imagenet, which is of RGB images: each has 3 channels in data.channels")
        }
        return .imagenet
      default: return nil
      }
    }
    guard let keys = mapping() else { return nil }
    let mean = keys.required("mean")?.perChannel(channels, in: Bounds(-1e6...1e6))
    let deviation = keys.required("std")?.perChannel(channels, in: Bounds(above: 0))
    keys.finish()
    guard let mean, let deviation else { return nil }
    return .fixed(mean: mean, deviation: deviation)
  }

  private func perChannel(_ channels: Int, in bounds: Bounds) -> [Double]? {
    guard let values = elements()?.compactMap({ $0.number(in: bounds) }) else { return nil }
    if node.elements?.count != channels {
      report("must have one number for each channel: \(channels), not \(values.count)")
    }
    return values
  }
}

// MARK: - Writing

extension DataSection {
  /// The part of the section that decides results: ``canonical`` without where the data lies.
  var canonicalContent: CanonicalJSON {
    guard case .object(var entries) = canonical else { return canonical }
    for key in ["root", "train", "roi", "test", ClassColours.key] { entries[key] = nil }
    if case .lists(_, .list) = source { entries["validation"] = nil }
    // What the groups are shows in what validates.
    entries["groups"] = nil
    return .object(entries)
  }

  var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [
      "ignore": .list(ignore.map { .integer($0) } + ignoredNames.map { .text($0) }),
      "channels": stack.canonicalChannels,
      "normalize": normalization.canonical,
    ]
    entries["root"] = root.map { .text($0) }
    switch source {
    case .lists(let train, let validation):
      entries["train"] = .text(train)
      entries["validation"] =
        switch validation {
        case .list(let path): .text(path)
        case .fraction(let fraction): .number(fraction)
        case .folds(let folds, let fold):
          .object(
            ["folds": .integer(folds)].merging(fold.map { ["fold": .integer($0)] } ?? [:]) { $1 })
        }
    case .generated(let scenes):
      entries["generated"] = .object([
        "train": .integer(scenes.train), "validation": .integer(scenes.validation),
        "size": CanonicalJSON(scenes.size), "classes": .integer(scenes.classes),
        "seed": .integer(Int(scenes.seed)),
      ])
    }
    switch (source, classes) {
    case (.generated, _): break  // They follow from what is drawn.
    case (.lists, .file(let path)): entries["classes"] = .text(path)
    case (.lists, .names(let names)): entries["classes"] = .list(names.map { .text($0) })
    }
    switch geometry {
    case .original: break
    case .resize(let size): entries["size"] = CanonicalJSON(size)
    case .crop(let size): entries["crop"] = CanonicalJSON(size)
    case .patches(let patches): entries["patches"] = patches.canonical
    }
    if resizing != .antialiased { entries["interpolation"] = .text(resizing.rawValue) }
    if stack.slices.count > 1 { entries["slices"] = stack.slices.canonical }
    entries["axes"] = stack.axes.map { .text($0.letters) }
    entries.merge(masks.canonical) { $1 }
    entries["range"] = range?.canonical
    entries["no_data"] = noData?.canonical
    entries["roi"] = roi.map { .text($0) }
    entries["test"] = test.map { .text($0) }
    entries[ClassColours.key] = classColours.canonical
    entries["sampling"] = sampling?.canonical
    entries["groups"] = groups.canonical
    return .object(entries)
  }
}

extension ImageStack {
  fileprivate var canonicalChannels: CanonicalJSON {
    images.count == 1 ? .integer(images[0]) : .list(images.map { .integer($0) })
  }
}

extension ImageStack.Slices {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "before": .integer(before), "after": .integer(after), "spacing": .integer(spacing),
    ])
  }
}

extension Patches {
  fileprivate var canonical: CanonicalJSON {
    .object([
      "size": CanonicalJSON(size), "stride": CanonicalJSON(stride),
      "least_labelled": .number(leastLabelled),
    ])
  }
}

extension DataConfiguration.Sampling {
  fileprivate var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = ["class_balanced": .boolean(balancesClasses)]
    entries["samples_per_epoch"] = samplesPerEpoch.map { .integer($0) }
    return .object(entries)
  }
}

extension DataConfiguration.Groups {
  /// `nil` for the default.
  fileprivate var canonical: CanonicalJSON? {
    switch self {
    case .volumes: nil
    case .none: .text("none")
    case .folder: .text("folder")
    case .pattern(let pattern): .object(["pattern": .text(pattern)])
    case .file(let path): .text(path)
    }
  }
}

extension DataConfiguration.Normalization {
  fileprivate var canonical: CanonicalJSON {
    switch self {
    case .dataset: .text("dataset")
    case .imagenet: .text("imagenet")
    case .none: .text("none")
    case .fixed(let mean, let deviation):
      .object([
        "mean": .list(mean.map { .number($0) }), "std": .list(deviation.map { .number($0) }),
      ])
    }
  }
}
