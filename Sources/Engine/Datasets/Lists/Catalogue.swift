internal import Foundation

/// Which samples train and which validate, read from the lists.
struct Catalogue {
  let train: [ListedSample]
  let validation: [ListedSample]
  /// The groups of all samples, by the samples' numbers, where training and validation samples are
  /// parts of one list.
  let groups: SampleGroups?
  /// What of the lists may be a mistake.
  private(set) var warnings: [DataProblem] = []

  init(
    train: [ListedSample], validation: [ListedSample], groups: SampleGroups? = nil,
    warnings: [DataProblem] = []
  ) {
    self.train = train
    self.validation = validation
    self.groups = groups
    self.warnings = warnings
  }

  // No image is opened for it.

  /// - Parameter read: gives the listing of a list; lists of one data set may be read once for many
  ///   catalogues.
  /// - Throws: ``DataError`` for lists that cannot be read, hold no samples, or cannot be parted so.
  init(
    _ configuration: DataConfiguration, seed: UInt64,
    read: (SampleList) throws(DataError) -> Listing
  ) throws(DataError) {
    switch configuration.source {
    case .lists(let train, .list(let validation)):
      try self.init(train: train, validation: validation, configuration, read: read)
    case .lists(let train, .fraction(let fraction)):
      let list = try Self.training(train, read: read)
      try self.init(
        list, fraction: fraction, list.groups(configuration), configuration, seed: seed)
      try requireSources(train)
    case .lists(let train, .fold(let fold, let folds)):
      let list = try Self.training(train, read: read)
      try self.init(
        list, fold: fold, of: folds, list.groups(configuration), configuration, seed: seed)
      try requireSources(train)
    case .generated:
      try self.init(
        train: configuration.trainingSources,
        validation: JudgedSets(SampleSources(file: GeneratedScenes.validationList)), configuration,
        read: read)
    }
  }

  init(_ configuration: DataConfiguration, seed: UInt64) throws(DataError) {
    try self.init(configuration, seed: seed) { list throws(DataError) in
      try Listing(list, configuration)
    }
  }

  private static func training(
    _ sources: SampleSources, read: (SampleList) throws(DataError) -> Listing
  ) throws(DataError) -> Listing {
    do throws(DataError) { return try Listing(sources, read: read) } catch {
      throw error.inside("train")
    }
  }

  private init(
    train: SampleSources, validation: JudgedSets, _ configuration: DataConfiguration,
    read: (SampleList) throws(DataError) -> Listing
  ) throws(DataError) {
    var problems: [DataProblem] = []
    var (training, validating): (Listing?, Listing?)
    do throws(DataError) { training = try Self.training(train, read: read) } catch {
      problems += error.problems
    }
    do throws(DataError) { validating = try Listing(validation, read: read) } catch {
      problems += error.inside("validation").problems
    }
    guard problems.isEmpty, let training, let validating else { throw DataError(problems) }
    try Self.checkGroups(training, validating, configuration)
    self.init(
      train: training.samples, validation: validating.samples,
      warnings: Self.warnings(
        [("train", training), ("validation", validating)], configuration))
  }

  /// What listings warn of, and masks that lie with the others and belong to no image of any of them.
  private static func warnings(
    _ listings: [(setting: String, list: Listing)], _ configuration: DataConfiguration
  ) -> [DataProblem] {
    var known = Set(listings.flatMap { $0.list.masks })
    if listings.contains(where: { $0.list.candidates.contains { !known.contains($0.file) } }) {
      for set in configuration.heldOut?.sets ?? [] {
        known.formUnion((try? Listing(set.sources, configuration))?.masks ?? [])
      }
    }
    return listings.flatMap { setting, listing -> [DataProblem] in
      let orphans = listing.candidates.filter { known.insert($0.file).inserted }
      guard let first = orphans.first else { return listing.warnings.map { $0.inside(setting) } }
      let count = orphans.count
      let warning = DataProblem(
        setting: "\(setting).\(FilePairs.masksKey)",
        "\(count) \(count == 1 ? "file fits" : "files fit") '\(first.template)' and "
          + "\(count == 1 ? "belongs" : "belong") to no image: "
          + orphans.map(\.file.text).listed(atMost: 3))
      return listing.warnings.map { $0.inside(setting) } + [warning]
    }
  }

  /// A source that has a part of the draws must have something to draw.
  private func requireSources(_ sources: SampleSources) throws(DataError) {
    let drawn = Set(train.compactMap(\.share?.source))
    let problems = sources.parts.enumerated().compactMap { place, part in
      part.share == nil || drawn.contains(place)
        ? nil
        : DataProblem(
          setting: "train.\(place)",
          "all samples of \(part.list.name) validate, and none is left to draw: write no weight for "
            + "it, or name a list in data.validation")
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  /// What the spec calls one group must not be in both lists. Slices of one volume may be: that is
  /// what the lists say.
  private static func checkGroups(
    _ train: Listing, _ validation: Listing, _ configuration: DataConfiguration
  ) throws(DataError) {
    let root = configuration.root
    guard let training = try train.names(of: configuration.groups, root: root),
      let validating = try validation.names(of: configuration.groups, root: root)
    else { return }
    var firsts: [FilePath: ListedSample] = [:]
    for (name, sample) in zip(training, train.samples) where firsts[FilePath(name)] == nil {
      firsts[FilePath(name)] = sample
    }
    let problems = zip(validating, validation.samples).compactMap { name, sample in
      firsts[FilePath(name)].map { first in
        sample.problem(
          "image \(sample.imageName) is of group '\(name)', as \(first.imageName) "
            + "(\(first.place(from: sample))) is: a group trains or validates as a whole"
        )
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  private init(
    _ list: Listing, fraction: Double, _ groups: SampleGroups, _ configuration: DataConfiguration,
    seed: UInt64
  ) throws(DataError) {
    self.init(
      list, validation: Split.validation(groups, fraction: fraction, seed: seed), groups,
      configuration)
    guard !self.train.isEmpty, !validation.isEmpty else {
      throw DataError(
        groups.singleGroup(of: list)
          ?? DataProblem(
            file: list.name,
            "a validation part of \(fraction) of \(list.samples.count) samples leaves none "
              + "to \(validation.isEmpty ? "validate" : "train"): change the part or list more"))
    }
  }

  private init(
    _ list: Listing, fold: Int, of folds: Int, _ groups: SampleGroups,
    _ configuration: DataConfiguration, seed: UInt64
  ) throws(DataError) {
    guard folds <= groups.count else {
      let count = list.samples.count
      let parts =
        groups.count == count ? "\(count) samples" : "\(count) samples in \(groups.count) groups"
      throw DataError(
        groups.singleGroup(of: list)
          ?? DataProblem(
            file: list.name,
            "\(folds) folds of \(parts) would leave some empty: use at most \(groups.count)"))
    }
    self.init(
      list, validation: Split.fold(fold, of: folds, groups, seed: seed), groups, configuration)
  }

  /// - Parameter numbers: the numbers of the samples that validate; the others train.
  private init(
    _ list: Listing, validation numbers: [Int], _ groups: SampleGroups,
    _ configuration: DataConfiguration
  ) {
    let chosen = Set(numbers)
    self.init(
      train: list.samples.filter { !chosen.contains($0.number) },
      validation: list.samples.filter { chosen.contains($0.number) }, groups: groups,
      warnings: Self.warnings([("train", list)], configuration))
  }
}

extension SampleGroups {
  /// What is wrong where no part of a list can be held back, because all belongs together.
  fileprivate func singleGroup(of list: Listing) -> DataProblem? {
    guard count == 1, list.samples.count > 1 else { return nil }
    return DataProblem(
      file: list.name,
      "all \(list.samples.count) samples are of one group, of which no part can be held back: list "
        + "more, name a list in data.validation, or write data.groups: none where they have nothing "
        + "to do with each other")
  }
}

extension Listing {
  fileprivate func groups(
    _ configuration: DataConfiguration
  ) throws(DataError) -> SampleGroups {
    try groups(configuration.groups, configuration.stack, root: configuration.root)
  }
}
