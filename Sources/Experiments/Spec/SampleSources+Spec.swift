internal import Datasets
internal import Groundwork

/// How the lists of samples are read from a spec and kept.

extension Form<SampleSources> {
  /// What trains; it shows in the digests of the data.
  static var trainingSamples: Form {
    Form(
      "path | pairs | list of sources", .samples,
      sections: [SpecSection(WrittenSamples.self)],
      read: { $0.sampleSources(weights: true) }, write: { $0.canonical }
    ).inIdentity { _ in nil }
  }
}

extension Form<JudgedSets> {
  static var judgedSets: Form {
    Form(
      "path | pairs | {NAME: path or pairs, …}",
      .anyOf([.samples, JSONSchema.mapping(to: .samples).notEmpty]),
      sections: [SpecSection(WrittenSamples.self)],
      read: { $0.judgedSets() }, write: { $0.canonical })
  }
}

extension JSONSchema {
  /// A list of samples or several; a number is none, where a part of the training list may be written.
  fileprivate static var samples: JSONSchema {
    let one = JSONSchema.anyOf([.types("string"), WrittenSamples.schema])
    return .anyOf([one, .list(of: one, count: 1...Int.max)])
  }
}

extension SpecValue {
  /// One list, or several one after the other.
  ///
  /// - Parameter weights: whether several may have weights: shares of what a training draws.
  func sampleSources(weights: Bool = false) -> SampleSources? {
    guard node.elements != nil else {
      return WrittenSamples.part(self, weights: false).map { SampleSources([$0]) }
    }
    guard let elements = elements(), !elements.isEmpty else {
      report(.emptyCollection, "is empty", remedy: "name a list")
      return nil
    }
    let parts = elements.compactMap { WrittenSamples.part($0, weights: weights) }
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
        .refusedValue,
        "has weights of \(Self.text(of: sum)) together, which leaves nothing to lists without one",
        remedy: "weights are parts of what an epoch draws: let them add up to less than 1")
    } else if !shares.isEmpty, shares.count == parts.count, abs(sum - 1) > 1e-9 {
      report(
        .refusedValue, "has weights of \(Self.text(of: sum)) together",
        remedy: parts.count == 1
          ? "leave the weight out: there is one list"
          : "weights are parts of what an epoch draws: let them add up to 1, or leave one out for a "
            + "list that takes what is left")
    }
  }

  /// Without the digits that adding up leaves.
  private static func text(of sum: Double) -> String { "\((sum * 1e6).rounded() / 1e6)" }

  /// One set to judge by, or several with names.
  func judgedSets() -> JudgedSets? {
    let own = WrittenSamples.keys.map(\.name)
    guard let entries = node.entries, !entries.contains(where: { own.contains($0.key) }) else {
      return sampleSources().map { JudgedSets($0) }
    }
    guard let keys = mapping() else { return nil }
    guard !entries.isEmpty else {
      report(
        .emptyCollection, "is empty",
        remedy: "name a list, or several as {city: a.txt, field: b.txt}")
      return nil
    }
    var sets: [JudgedSet] = []
    for entry in entries {
      let isWord =
        entry.key.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) != nil && entry.key.count <= 40
      if !isWord {
        decoder.report(
          .wrongNotation, "\(path): '\(entry.key)' cannot name a set", at: entry.keyMark,
          remedy: "write at most 40 letters, digits, '-' and '_', a letter first")
      }
      if decoder.series.isTaken(setName: entry.key) {
        decoder.report(
          .wrongNotation,
          "\(path): '\(entry.key)' cannot name a set: evaluations have values of that name",
          at: entry.keyMark, remedy: "choose another name")
      }
      if entry.value.scalar?.number != nil {
        let near = NearestName.of(entry.key, among: ["folds"]) != nil
        decoder.report(
          .wrongType,
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

extension SampleSources {
  var canonical: CanonicalJSON {
    let written = parts.map { WrittenSamples($0).canonicalPart }
    return parts.count == 1 && parts[0].share == nil ? written[0] : .list(written)
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
