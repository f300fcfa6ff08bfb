internal import Datasets
internal import Groundwork

/// How the lists of samples are read from a spec and kept.
extension SpecValue {
  /// One list, or several one after the other.
  ///
  /// - Parameter weights: whether several may have weights: shares of what a training draws.
  func sampleSources(weights: Bool = false) -> SampleSources? {
    guard node.elements != nil else {
      return samplePart(weights: false).map { SampleSources([$0]) }
    }
    guard let elements = elements(), !elements.isEmpty else {
      report("is empty", remedy: "name a list")
      return nil
    }
    let parts = elements.compactMap { $0.samplePart(weights: weights) }
    guard parts.count == elements.count else { return nil }
    checkShares(parts)
    return SampleSources(parts)
  }

  /// What is drawn of all lists together is 1.
  private func checkShares(_ parts: [SampleSources.Part]) {
    let shares = parts.compactMap(\.share)
    let sum = shares.reduce(0, +)
    if shares.count < parts.count, sum >= 1 {
      report(
        "has weights of \(Self.text(of: sum)) together, which leaves nothing to lists without one",
        remedy: "weights are parts of what an epoch draws: let them add up to less than 1")
    } else if !shares.isEmpty, shares.count == parts.count, abs(sum - 1) > 1e-9 {
      report(
        "has weights of \(Self.text(of: sum)) together",
        remedy: parts.count == 1
          ? "leave the weight out: there is one list"
          : "weights are parts of what an epoch draws: let them add up to 1, or leave one out for a "
            + "list that takes what is left")
    }
  }

  /// Without the digits that adding up leaves.
  private static func text(of sum: Double) -> String { "\((sum * 1e6).rounded() / 1e6)" }

  /// The path of a list file, `{list: …, weight: …}` or patterns of images and masks.
  private func samplePart(weights: Bool) -> SampleSources.Part? {
    guard node.entries != nil else {
      return filePath().map { .init(.file($0)) }
    }
    guard let keys = mapping() else { return nil }
    var share: Double?
    if weights {
      share = keys["weight"]?.share()
    } else {
      keys.refuse(
        "weight",
        remedy:
          "weights are of several lists that train: train: [a.txt, {list: b.txt, weight: 0.3}]")
    }
    keys.requireAtMostOne(of: ["list", FilePairs.imagesKey])
    let list =
      keys.has("list")
      ? keys["list"]?.filePath().map { SampleList.file($0) }
      : keys.filePairs().map { SampleList.pairs($0) }
    keys.finish()
    guard let list, share != nil || !weights || !keys.has("weight") else { return nil }
    return .init(list, share: share)
  }

  private func share() -> Double? {
    guard let value = number(in: Bounds(above: 0)) else { return nil }
    if value < 1 { return value }
    report("must be below 1, the part of an epoch's draws, not \(node.description)")
    return nil
  }

  /// One set to judge by, or several with names.
  func judgedSets() -> JudgedSets? {
    let own = ["list", "weight"] + FilePairs.keys
    guard let entries = node.entries, !entries.contains(where: { own.contains($0.key) }) else {
      return sampleSources().map { JudgedSets($0) }
    }
    guard let keys = mapping() else { return nil }
    guard !entries.isEmpty else {
      report("is empty", remedy: "name a list, or several as {city: a.txt, field: b.txt}")
      return nil
    }
    var sets: [JudgedSet] = []
    for entry in entries {
      let isWord =
        entry.key.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) != nil && entry.key.count <= 40
      if !isWord {
        decoder.report(
          "\(path): '\(entry.key)' cannot name a set", at: entry.keyMark,
          remedy: "write at most 40 letters, digits, '-' and '_', a letter first")
      }
      if decoder.series.isTaken(setName: entry.key) {
        decoder.report(
          "\(path): '\(entry.key)' cannot name a set: evaluations have values of that name",
          at: entry.keyMark, remedy: "choose another name")
      }
      if entry.value.scalar?.number != nil {
        let near = NearestName.of(entry.key, among: ["folds"]) != nil
        decoder.report(
          "\(path).\(entry.key) must be a list of samples, not \(entry.value.description)",
          at: entry.value.mark, remedy: near ? "did you mean 'folds'?" : nil)
        continue
      }
      if let sources = keys[entry.key]?.sampleSources() {
        sets.append(JudgedSet(name: entry.key, sources: sources))
      }
    }
    return sets.count == entries.count ? JudgedSets(sets) : nil
  }
}

extension SpecMapping {
  /// The patterns of images and masks.
  fileprivate func filePairs() -> FilePairs? {
    let images = required(FilePairs.imagesKey)?.patterns()
    let masks = required(FilePairs.masksKey)?.patterns()
    let region = self[FilePairs.regionKey].map { $0.filePath() }
    let leavesOut = self[FilePairs.unpairedKey].map { value in
      value.name(of: ["refuse", "skip"], kind: FilePairs.unpairedKey).map { $0 == "skip" }
    }
    guard let images, let masks, let region = region ?? .some(nil),
      let leavesOut = leavesOut ?? false
    else { return nil }
    let pairs = FilePairs(
      images: images, masks: masks, region: region, leavesOutUnpaired: leavesOut)
    for (key, place, error) in pairs.problems {
      let value = self[key]
      let text = place.flatMap { value?.elements()?[$0] } ?? value
      text?.report(error.message, remedy: error.remedy)
    }
    return pairs
  }
}

extension SpecValue {
  /// One text, or a list of them.
  fileprivate func patterns() -> [String]? {
    guard node.elements != nil else { return filePath().map { [$0] } }
    let texts = elements()?.compactMap { $0.filePath() } ?? []
    if texts.isEmpty, node.elements?.isEmpty == true {
      report("is empty", remedy: "write a pattern")
    }
    return texts.count == node.elements?.count && !texts.isEmpty ? texts : nil
  }
}

extension FilePairs {
  fileprivate static let keys = [imagesKey, masksKey, regionKey, unpairedKey]

  fileprivate var canonical: [String: CanonicalJSON] {
    func one(_ texts: [String]) -> CanonicalJSON {
      texts.count == 1 ? .text(texts[0]) : .list(texts.map { .text($0) })
    }
    var entries = [Self.imagesKey: one(images), Self.masksKey: one(masks)]
    entries[Self.regionKey] = region.map { .text($0) }
    if leavesOutUnpaired { entries[Self.unpairedKey] = .text("skip") }
    return entries
  }
}

extension SampleSources.Part {
  fileprivate var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON]
    switch list {
    case .file(let path):
      guard share != nil else { return .text(path) }
      entries = ["list": .text(path)]
    case .pairs(let pairs): entries = pairs.canonical
    }
    entries["weight"] = share.map { .number($0) }
    return .object(entries)
  }
}

extension SampleSources {
  var canonical: CanonicalJSON {
    parts.count == 1 && parts[0].share == nil
      ? parts[0].canonical : .list(parts.map(\.canonical))
  }

  /// With paths that start from a folder.
  func absolute(in folder: String) -> SampleSources {
    resolved(in: folder) { Path.absolute($0, in: folder) }
  }

  /// As people name them in a line.
  var shortName: String {
    parts.map { part in
      switch part.list {
      case .file(let path): path
      case .pairs(let pairs): pairs.images[0]
      }
    }.joined(separator: " + ")
  }
}

extension JudgedSets {
  var canonical: CanonicalJSON {
    names.isEmpty
      ? sets[0].sources.canonical
      : .object(
        Dictionary(
          sets.map { ($0.name ?? "", $0.sources.canonical) },
          uniquingKeysWith: { first, _ in first }))
  }

  func absolute(in folder: String) -> JudgedSets {
    JudgedSets(sets.map { JudgedSet(name: $0.name, sources: $0.sources.absolute(in: folder)) })
  }
}
