internal import Datasets
internal import Groundwork

/// How the section is kept, and what of it decides results.
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
      entries["train"] = train.canonical
      entries["validation"] =
        switch validation {
        case .list(let sets): sets.canonical
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
    entries["test"] = test?.canonical
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
    var entries: [String: CanonicalJSON] = [
      "size": CanonicalJSON(size), "stride": CanonicalJSON(stride),
      "least_labelled": .number(leastLabelled),
    ]
    if !balance.isEmpty {
      let shares = balance.map { balance -> (String, CanonicalJSON) in
        let share = CanonicalJSON.number(balance.share)
        return (
          balance.name,
          balance.least == 0 ? share : .object(["share": share, "least": .number(balance.least)])
        )
      }
      entries["balance"] = .object(Dictionary(shares) { first, _ in first })
    }
    return .object(entries)
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
