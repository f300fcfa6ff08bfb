internal import Datasets
internal import Groundwork

/// What the keys of `data` hold.
extension SpecValue {
  private var maximumFolds: Int { 1000 }
  private var maximumSlices: Int { 50 }

  /// Lists, the fraction of the training list that is held back, or its folds.
  func validation() -> DataSection.Validation? {
    if node.entries?.contains(where: { ["folds", "fold"].contains($0.key) }) == true {
      return folds()
    }
    if node.scalar == nil { return judgedSets().map { .list($0) } }
    switch node.scalar?.value {
    case .integer, .number:
      guard let fraction = number(in: Bounds(above: 0)) else { return nil }
      if fraction < 1 { return .fraction(fraction) }
      report("must be below 1 where it is a fraction, not \(node.description)")
      return nil
    default: return judgedSets().map { .list($0) }
    }
  }

  private func folds() -> DataSection.Validation? {
    guard let keys = mapping() else { return nil }
    let folds = keys.required("folds")?.integer(in: 2...maximumFolds)
    let fold = keys["fold"].map { $0.integer(in: 1...(folds ?? maximumFolds)) }
    keys.finish()
    guard let folds else { return nil }
    if let fold { return fold.map { .folds(folds, fold: $0) } }
    return .folds(folds, fold: nil)
  }

  /// The classes: the path of a file of names, or the names.
  func classes() -> DataSection.Classes? {
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
  func sampling() -> DataConfiguration.Sampling? {
    guard let keys = mapping() else { return nil }
    let balances = keys["class_balanced"].map { $0.boolean() } ?? false
    let samples = keys["samples_per_epoch"]?.integer(in: 1...100_000_000)
    keys.finish()
    return balances.map { .init(balancesClasses: $0, samplesPerEpoch: samples) }
  }

  /// `volumes`, `folder`, `none`, `{pattern: …}` or a file.
  func groups() -> DataConfiguration.Groups? {
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
  func imageChannels() -> [Int]? {
    guard let list = node.elements else { return channels().map { [$0] } }
    if list.isEmpty { report("must name the channels of at least one image") }
    let images = elements()?.compactMap { $0.channels() } ?? []
    return images.isEmpty || images.count < list.count ? nil : images
  }

  private func channels() -> Int? {
    integer(in: 1...ImageStack.maximumChannels)
  }

  /// Which neighbours are seen with a slice.
  func slices() -> ImageStack.Slices? {
    guard let keys = mapping() else { return nil }
    let before = keys["before"].map { $0.integer(in: 0...maximumSlices) } ?? 0
    let after = keys["after"].map { $0.integer(in: 0...maximumSlices) } ?? 0
    let spacing = keys["spacing"].map { $0.integer(in: 1...maximumSlices) } ?? 1
    keys.finish()
    guard let before, let after, let spacing else { return nil }
    return .init(before: before, after: after, spacing: spacing)
  }

  /// What the axes of datasets are.
  func volumeAxes() -> VolumeAxes? {
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
  func patches() -> Patches? {
    guard let keys = mapping() else { return nil }
    let size = keys.required("size")?.size()
    let stride = keys["stride"].map { $0.size() } ?? size
    let least = keys["least_labelled"].map { $0.number(in: Bounds(0...1)) } ?? 0
    let balance = keys["balance"]?.classBalance() ?? []
    keys.finish()
    guard let size, let stride, let least else { return nil }
    if stride.height > size.height || stride.width > size.width {
      keys["stride"]?.report(
        "is \(stride), larger than patches of \(size): pixels between them would never be seen")
    }
    return Patches(size: size, stride: stride, leastLabelled: least, balance: balance)
  }

  /// `{crack: 0.5}` or `{crack: {share: 0.5, least: 0.01}}`.
  private func classBalance() -> [ClassBalance]? {
    guard let keys = mapping() else { return nil }
    let balance = keys.entries.compactMap { entry in keys[entry.key]?.balance(of: entry.key) }
    let sum = balance.map(\.share).reduce(0, +)
    if sum >= 1 {
      report(
        "has shares of \((sum * 1e6).rounded() / 1e6) together",
        remedy: "let them add up to less than 1: the rest of the draws is of all patches")
    }
    return balance.sorted { $0.name < $1.name }
  }

  private func balance(of name: String) -> ClassBalance? {
    guard node.entries != nil else {
      return number(in: Bounds(above: 0)).map { ClassBalance(name: name, share: $0) }
    }
    guard let keys = mapping() else { return nil }
    let share = keys.required("share")?.number(in: Bounds(above: 0))
    let least = keys["least"].map { $0.number(in: Bounds(0...1)) } ?? 0
    keys.finish()
    guard let share, let least else { return nil }
    return ClassBalance(name: name, share: share, least: least)
  }

  func normalization(images: [Int]) -> DataConfiguration.Normalization? {
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
