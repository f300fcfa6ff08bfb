internal import Digest

/// Images that a data set lists more than once, under whatever names: what validates must not have been
/// trained on.
///
/// Images are compared by their content, so that links, other spellings of a path and copies are found.
/// Images that show one value everywhere are no copies of each other.
struct RepeatedImages {
  /// Images that would train and validate, and masks that are images.
  private(set) var problems: [DataProblem] = []
  /// Images with several masks.
  private(set) var warnings: [DataProblem] = []

  /// - Parameter facts: the facts of the samples that train, then of those that validate; `nil` for
  ///   a sample that could not be read. Only the first patch of each image counts.
  init(_ catalogue: Catalogue, _ facts: [SampleFacts?]) {
    let train = catalogue.train.firstPatches.map { place in
      Listed(sample: catalogue.train[place], facts: facts[place])
    }
    let validation = catalogue.validation.firstPatches.map { place in
      Listed(sample: catalogue.validation[place], facts: facts[catalogue.train.count + place])
    }
    for listed in train + validation { checkMasks(of: listed) }
    warnOfNeighbours(train, validation)
    if let groups = catalogue.groups {
      let ordered = (train + validation).sorted { $0.number < $1.number }
      compare(ordered, with: ordered) { sample, other in
        groups.numbers[sample.number] != groups.numbers[other.number]
          ? "what validates in one fold must not train in it" : nil
      }
    } else {
      compare(train, with: train) { _, _ in nil }
      compare(validation, with: validation) { _, _ in nil }
      compare(validation, with: train, inOneList: false) { _, _ in
        "what validates must not have been trained on"
      }
    }
  }

  private mutating func checkMasks(of listed: Listed) {
    guard let facts = listed.facts else { return }
    for (image, digest) in listed.images {
      for (mask, maskDigest) in zip(listed.sample.masks, facts.digest.masks) {
        if mask.path == image.path || !facts.isUniform && maskDigest == digest {
          problems.append(
            listed.sample.problem("image \(image.name) and mask \(mask.name) are the same file"))
        }
      }
    }
  }

  /// Slices that validate may be seen beside slices that train: what is judged is then not new.
  private mutating func warnOfNeighbours(_ train: [Listed], _ validation: [Listed]) {
    let judged = Set(validation.flatMap { listed in listed.images.map(\.digest) })
    let seeing = train.filter { listed in
      listed.neighbours.contains(where: judged.contains) && listed.facts?.isUniform == false
    }
    guard let first = seeing.first else { return }
    warnings.append(
      first.sample.problem(
        "image \(first.sample.imageName) is trained on beside a slice that validates"
          + (seeing.count > 1 ? ", and so are \(seeing.count - 1) more" : "")
          + ": leave as many slices out between the two as data.slices shows"
      ).of(setting: "slices"))
  }

  /// - Parameters:
  ///   - inOneList: whether a sample that is found among the others is itself.
  ///   - objection: to listing two samples of one image; `nil` where they may be.
  private mutating func compare(
    _ samples: [Listed], with others: [Listed], inOneList: Bool = true,
    _ objection: (Listed, Listed) -> String?
  ) {
    // What all samples have behind their first image, a map of the place say, makes none a copy.
    var byAny: [SHA256.Value: Listed] = [:]
    var byFirst: [SHA256.Value: Listed] = [:]
    for other in others where other.facts?.isUniform == false {
      for (index, image) in other.images.enumerated() {
        if byAny[image.digest] == nil { byAny[image.digest] = other }
        if index == 0, byFirst[image.digest] == nil { byFirst[image.digest] = other }
      }
    }
    for listed in samples where listed.facts?.isUniform == false {
      for (index, (image, digest)) in listed.images.enumerated() {
        guard let first = (index == 0 ? byAny : byFirst)[digest],
          !(inOneList && first.isSame(as: listed))
        else { continue }
        let place = first.place(from: listed)
        let known = first.images.contains { FileIdentity($0.file.path) == FileIdentity(image.path) }
        let what =
          known
          ? "image \(image.name) is also \(place)"
          : "image \(image.name) is a copy of \(first.sample.imageName), \(place)"
        if let objection = objection(listed, first) {
          problems.append(listed.sample.problem("\(what): \(objection)"))
        } else if first.facts?.digest.masks != listed.facts?.digest.masks {
          warnings.append(listed.sample.problem("\(what), with another mask"))
        }
        break
      }
    }
  }
}

/// An image of a list with what its files hold.
private struct Listed {
  let sample: ListedSample
  let facts: SampleFacts?
  /// Its own images without neighbours, with their digests.
  let images: [(file: ListedFile, digest: SHA256.Value)]
  /// Digests of the slices that are seen beside its own images.
  let neighbours: [SHA256.Value]

  init(sample: ListedSample, facts: SampleFacts?) {
    (self.sample, self.facts) = (sample, facts)
    let parts = facts?.digest.parted(sample)
    images = zip(sample.images, parts?.own.images ?? []).map { (file: $0, digest: $1) }
    neighbours = parts?.neighbours.images ?? []
  }

  var number: Int { sample.imageNumber }

  func isSame(as other: Listed) -> Bool {
    number == other.number && sample.list == other.sample.list
  }

  /// Where it stands, for a reader of the other's list.
  func place(from other: Listed) -> String { sample.place(from: other.sample) }
}
