internal import Foundation

/// Which samples train and which validate, read from the lists.
struct Catalogue {
  let train: [ListedSample]
  let validation: [ListedSample]

  init(train: [ListedSample], validation: [ListedSample]) {
    self.train = train
    self.validation = validation
  }

  // No image is opened for it.

  /// - Throws: ``DataError`` for lists that cannot be read, hold no samples, or share an image.
  init(_ configuration: DataConfiguration, seed: UInt64) throws(DataError) {
    func list(_ path: String) throws(DataError) -> ListFile {
      try ListFile(
        path: path, root: configuration.root, regions: configuration.regions,
        stack: configuration.stack,
        masks: configuration.labelling.masks(classes: configuration.classes.count))
    }
    switch configuration.source {
    case .lists(let train, .list(let validation)):
      try self.init(train: train, validation: validation, read: list)
    case .lists(let train, .fraction(let fraction)):
      try self.init(list(train), fraction: fraction, seed: seed)
    case .lists(let train, .fold(let fold, let folds)):
      try self.init(list(train), fold: fold, of: folds, seed: seed)
    case .generated(_, let folder):
      try self.init(
        train: GeneratedScenes.trainList, validation: GeneratedScenes.validationList
      ) { path throws(DataError) in
        try ListFile(
          path: path, root: folder, regions: configuration.regions, stack: configuration.stack)
      }
    }
  }

  private init(
    train: String, validation: String, read: (String) throws(DataError) -> ListFile
  ) throws(DataError) {
    var problems: [DataProblem] = []
    func samples(_ path: String) -> [ListedSample] {
      do throws(DataError) {
        return try read(path).samples
      } catch {
        problems += error.problems
        return []
      }
    }
    self.train = samples(train)
    self.validation = samples(validation)
    var trainingLines: [String: Int] = [:]
    for sample in self.train { trainingLines[sample.image] = sample.line }
    for sample in self.validation {
      guard let line = trainingLines[sample.image] else { continue }
      problems.append(
        sample.problem(
          "image \(sample.imageName) is also line \(line) of \(train): "
            + "what validates must not have been trained on"))
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  private init(_ list: ListFile, fraction: Double, seed: UInt64) throws(DataError) {
    self.init(
      list, validation: Split.validation(count: list.samples.count, fraction: fraction, seed: seed))
    guard !self.train.isEmpty, !validation.isEmpty else {
      throw DataError(
        DataProblem(
          file: list.path,
          "a validation part of \(fraction) of \(list.samples.count) samples leaves none "
            + "to \(validation.isEmpty ? "validate" : "train"): change the part or list more"))
    }
  }

  private init(
    _ list: ListFile, fold: Int, of folds: Int, seed: UInt64
  ) throws(DataError) {
    let count = list.samples.count
    guard folds <= count else {
      throw DataError(
        DataProblem(
          file: list.path,
          "\(folds) folds of \(count) samples would leave some empty: use at most \(count)"))
    }
    let problems = list.repeatedImages
    guard problems.isEmpty else { throw DataError(problems) }
    self.init(list, validation: Split.fold(fold, of: folds, count: count, seed: seed))
  }

  /// - Parameter numbers: of the samples that validate; the others train.
  private init(_ list: ListFile, validation numbers: [Int]) {
    let chosen = Set(numbers)
    train = list.samples.filter { !chosen.contains($0.number) }
    validation = list.samples.filter { chosen.contains($0.number) }
  }
}

extension ListFile {
  /// A problem for each image that was listed before: its copies could fall to different folds.
  fileprivate var repeatedImages: [DataProblem] {
    var lines: [String: Int] = [:]
    return samples.compactMap { sample in
      guard let line = lines.updateValue(sample.line, forKey: sample.image) else { return nil }
      return sample.problem(
        "image \(sample.imageName) is also line \(line): "
          + "what validates in one fold must not train in it")
    }
  }
}
