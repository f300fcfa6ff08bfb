internal import Foundation

/// Which samples train and which validate, read from the lists; no image has been opened.
struct Catalogue {
  let train: [ListedSample]
  let validation: [ListedSample]

  /// - Throws: ``DataError`` for lists that cannot be read, hold no samples, or share an image.
  init(_ configuration: DataConfiguration, seed: UInt64) throws(DataError) {
    switch configuration.source {
    case .lists(let train, .list(let validation)):
      try self.init(train: train, validation: validation, root: configuration.root)
    case .lists(let train, .fraction(let fraction)):
      try self.init(train: train, fraction: fraction, root: configuration.root, seed: seed)
    case .generated(_, let folder):
      try self.init(
        train: GeneratedScenes.trainList, validation: GeneratedScenes.validationList, root: folder)
    }
  }

  private init(train: String, validation: String, root: String?) throws(DataError) {
    var problems: [DataProblem] = []
    func samples(_ path: String) -> [ListedSample] {
      do throws(DataError) {
        return try ListFile(path: path, root: root).samples
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

  private init(train: String, fraction: Double, root: String?, seed: UInt64) throws(DataError) {
    let list = try ListFile(path: train, root: root)
    let chosen = Set(Split.validation(count: list.samples.count, fraction: fraction, seed: seed))
    self.train = list.samples.filter { !chosen.contains($0.number) }
    validation = list.samples.filter { chosen.contains($0.number) }
    guard !self.train.isEmpty, !validation.isEmpty else {
      throw DataError(
        DataProblem(
          file: list.path,
          "a validation part of \(fraction) of \(list.samples.count) samples leaves none "
            + "to \(validation.isEmpty ? "validate" : "train"): change the part or list more"))
    }
  }
}
