internal import Foundation

/// Which samples train and which validate, read from the lists.
struct Catalogue {
  let train: [ListedSample]
  let validation: [ListedSample]
  /// The groups of all samples, by the samples' numbers, where training and validation samples are
  /// parts of one list.
  let groups: SampleGroups?

  init(
    train: [ListedSample], validation: [ListedSample], groups: SampleGroups? = nil
  ) {
    self.train = train
    self.validation = validation
    self.groups = groups
  }

  // No image is opened for it.

  /// - Parameter read: the list of a path; lists of one data set may be read once for many
  ///   catalogues.
  /// - Throws: ``DataError`` for lists that cannot be read, hold no samples, or cannot be parted so.
  init(
    _ configuration: DataConfiguration, seed: UInt64,
    read: (String) throws(DataError) -> ListFile
  ) throws(DataError) {
    switch configuration.source {
    case .lists(let train, .list(let validation)):
      try self.init(train: train, validation: validation, configuration, read: read)
    case .lists(let train, .fraction(let fraction)):
      let list = try read(train)
      try self.init(list, fraction: fraction, list.groups(configuration), seed: seed)
    case .lists(let train, .fold(let fold, let folds)):
      let list = try read(train)
      try self.init(list, fold: fold, of: folds, list.groups(configuration), seed: seed)
    case .generated:
      try self.init(
        train: GeneratedScenes.trainList, validation: GeneratedScenes.validationList,
        configuration, read: read)
    }
  }

  init(_ configuration: DataConfiguration, seed: UInt64) throws(DataError) {
    try self.init(configuration, seed: seed) { path throws(DataError) in
      try ListFile(path, configuration)
    }
  }

  private init(
    train: String, validation: String, _ configuration: DataConfiguration,
    read: (String) throws(DataError) -> ListFile
  ) throws(DataError) {
    var problems: [DataProblem] = []
    func list(_ path: String, setting: String) -> ListFile? {
      do throws(DataError) {
        return try read(path)
      } catch {
        problems += error.problems.map { $0.of(setting: $0.line == nil ? setting : nil) }
        return nil
      }
    }
    let lists = (list(train, setting: "train"), list(validation, setting: "validation"))
    guard problems.isEmpty, let training = lists.0, let validating = lists.1 else {
      throw DataError(problems)
    }
    try Self.checkGroups(training, validating, configuration)
    self.init(train: training.samples, validation: validating.samples)
  }

  /// What the spec calls one group must not be in both lists. Slices of one volume may be: that is
  /// what the lists say.
  private static func checkGroups(
    _ train: ListFile, _ validation: ListFile, _ configuration: DataConfiguration
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
            + "(line \(first.line) of \(first.listName)) is: a group trains or validates as a whole"
        )
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  private init(
    _ list: ListFile, fraction: Double, _ groups: SampleGroups, seed: UInt64
  ) throws(DataError) {
    self.init(
      list, validation: Split.validation(groups, fraction: fraction, seed: seed), groups)
    guard !self.train.isEmpty, !validation.isEmpty else {
      throw DataError(
        groups.singleGroup(of: list)
          ?? DataProblem(
            file: list.path,
            "a validation part of \(fraction) of \(list.samples.count) samples leaves none "
              + "to \(validation.isEmpty ? "validate" : "train"): change the part or list more"))
    }
  }

  private init(
    _ list: ListFile, fold: Int, of folds: Int, _ groups: SampleGroups, seed: UInt64
  ) throws(DataError) {
    guard folds <= groups.count else {
      let count = list.samples.count
      let parts =
        groups.count == count ? "\(count) samples" : "\(count) samples in \(groups.count) groups"
      throw DataError(
        groups.singleGroup(of: list)
          ?? DataProblem(
            file: list.path,
            "\(folds) folds of \(parts) would leave some empty: use at most \(groups.count)"))
    }
    self.init(
      list, validation: Split.fold(fold, of: folds, groups, seed: seed), groups)
  }

  /// - Parameter numbers: the numbers of the samples that validate; the others train.
  private init(_ list: ListFile, validation numbers: [Int], _ groups: SampleGroups) {
    let chosen = Set(numbers)
    self.init(
      train: list.samples.filter { !chosen.contains($0.number) },
      validation: list.samples.filter { chosen.contains($0.number) }, groups: groups)
  }
}

extension SampleGroups {
  /// What is wrong where no part of a list can be held back, because all belongs together.
  fileprivate func singleGroup(of list: ListFile) -> DataProblem? {
    guard count == 1, list.samples.count > 1 else { return nil }
    return DataProblem(
      file: list.path,
      "all \(list.samples.count) samples are of one group, of which no part can be held back: list "
        + "more, name a list in data.validation, or write data.groups: none where they have nothing "
        + "to do with each other")
  }
}

extension ListFile {
  /// The list as the data set reads it.
  init(_ path: String, _ configuration: DataConfiguration) throws(DataError) {
    let root =
      if case .generated(_, let folder) = configuration.source { folder } else {
        configuration.root
      }
    try self.init(
      path: path, root: root, regions: configuration.regions, stack: configuration.stack,
      masks: configuration.reading.masks(classes: configuration.classes.count))
  }

  fileprivate func groups(
    _ configuration: DataConfiguration
  ) throws(DataError) -> SampleGroups {
    try groups(configuration.groups, configuration.stack, root: configuration.root)
  }
}
