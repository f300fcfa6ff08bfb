internal import Datasets
internal import Groundwork

/// One source of samples as a mapping: a list file with its weight, or patterns of images and masks.
struct WrittenSamples: DeclaredSection {
  var images: [String]?
  var masks: [String]?
  var region: String?
  var leavesOutUnpaired = false
  var list: String?
  var share: Double?

  static let standard = WrittenSamples()

  static let about =
    "Pairs images and masks by the names of their files; `validation` and `test` too."
  static let groups = [
    FilePairs.imagesKey, FilePairs.masksKey, FilePairs.regionKey, FilePairs.unpairedKey,
  ].map { KeyGroup.atMostOne([listKey, $0]) }
  static let keys: [SpecKey<Self>] = [
    .required(
      FilePairs.imagesKey, unless: listKey, \.images, .patterns.called("pattern | list"),
      "Where the images are: `*`, `?`, `**` for folders, `{jpg,png}`; further images of a sample as masks are written."
    ),
    .required(
      FilePairs.masksKey, unless: listKey, \.masks, .patterns,
      "Where an image's mask is: `{stem}`, `{name}`, `{folder}`, `{1}` for the first wildcard; a list is one a class."
    ),
    .optional(
      FilePairs.regionKey, \.region, .path.called("path with placeholders"),
      "Where the mask of what counts is."),
    .standard(
      FilePairs.unpairedKey, \.leavesOutUnpaired, .unpaired, kept: .unlessStandard,
      "What is done with images that have no mask."),
    .optional(
      listKey, \.list, .path,
      "A list file in place of patterns, where a source has a weight."),
    .optional(
      weightKey, \.share, .share,
      "The share of an epoch's draws, of one of several sources; those without share what is left."
    ),
  ]

  private static let (listKey, weightKey) = ("list", "weight")
}

// MARK: - As a source

extension WrittenSamples {
  /// The path of a list file, `{list: …, weight: …}` or patterns of images and masks.
  ///
  /// - Parameter weights: whether it may have a weight.
  static func part(_ value: SpecValue, weights: Bool) -> SampleSources.Part? {
    guard value.node.entries != nil else { return value.filePath().map { .init(.file($0)) } }
    guard let keys = value.mapping() else { return nil }
    if !weights {
      keys.refuse(
        weightKey,
        remedy:
          "weights are of several lists that train: train: [a.txt, {list: b.txt, weight: 0.3}]")
    }
    let written = read(keys, without: weights ? nil : weightKey)
    keys.finish()
    return written?.part(keys)
  }

  private func part(_ keys: SpecMapping) -> SampleSources.Part? {
    if let list { return .init(.file(list), share: share) }
    guard let images, let masks else { return nil }
    let pairs = FilePairs(
      images: images, masks: masks, region: region, leavesOutUnpaired: leavesOutUnpaired)
    for (key, place, error) in pairs.problems {
      let value = keys[key]
      let text = place.flatMap { value?.elements()?[$0] } ?? value
      text?.report(.wrongNotation, error.message, remedy: error.remedy)
    }
    return .init(.pairs(pairs), share: share)
  }

  init(_ part: SampleSources.Part) {
    share = part.share
    switch part.list {
    case .file(let path): list = path
    case .pairs(let pairs):
      (images, masks, region) = (pairs.images, pairs.masks, pairs.region)
      leavesOutUnpaired = pairs.leavesOutUnpaired
    }
  }

  /// A list file alone is its path.
  var canonicalPart: CanonicalJSON {
    guard let list, share == nil else { return canonical }
    return .text(list)
  }
}

// MARK: - Forms

extension Form<[String]> {
  /// One text, or a list of them.
  fileprivate static var patterns: Form {
    let one = Form<String>.path.map(
      { [$0] }, { (texts: [String]) in texts.count == 1 ? texts[0] : nil })
    let several = list(of: .path).checked(.emptyCollection) {
      $0.isEmpty ? ("is empty", "write a pattern") : nil
    }
    return either(scalar: one, list: several).called("path with placeholders | list")
  }
}

extension Form<Bool> {
  /// Whether images without a partner are left out, and are no error.
  fileprivate static var unpaired: Form {
    let names = (refuse: "refuse", skip: "skip")
    return Form<String>.name(of: [names.refuse, names.skip], kind: FilePairs.unpairedKey).map(
      { $0 == names.skip }, { $0 ? names.skip : names.refuse })
  }
}

extension Form<Double> {
  /// A part of an epoch's draws.
  fileprivate static var share: Form {
    number(Bounds(above: 0)).called("number in (0, 1)").map(
      { share, value in
        if share < 1 { return share }
        value.report(
          .outOfRange,
          "must be below 1, the part of an epoch's draws, not \(value.node.description)")
        return nil
      }, { $0 })
  }
}
