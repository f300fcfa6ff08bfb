internal import Datasets
internal import Foundation
internal import Tracking

/// Where the data of a trial lies, as a spec writes it, and what it begins with. It decides nothing of what comes
/// of a trial: data that was moved is the same data.
struct DataPlaces: Sendable, Hashable, Codable {
  /// The folder that relative paths start from: absolute, the spec file's own.
  var folder: String
  var root: String?
  /// The lists; `nil` for scenes that the program draws, and where a part of the training list
  /// validates.
  var train: SampleSources?
  var validation: JudgedSets?
  var test: JudgedSets?
  var roi: String?
  /// The file of groups.
  var groups: String?
  /// The absolute path of the file of weights, where it does not follow from what the spec names.
  var weights: String?
  /// That of the checkpoint that the training goes on from.
  var continued: String?
}

extension ExperimentSpec {
  var places: DataPlaces {
    get {
      var places = DataPlaces(folder: folder, root: data.root, test: data.test, roi: data.roi)
      if case .lists(let train, let validation) = data.source {
        places.train = train
        if case .list(let sets) = validation { places.validation = sets }
      }
      if case .file(let path) = data.groups { places.groups = path }
      places.weights = weights?.location
      places.continued = training.continues?.location
      return places
    }
    set {
      folder = newValue.folder
      data.root = newValue.root
      data.roi = newValue.roi
      data.test = newValue.test
      if case .lists(let train, let validation) = data.source {
        data.source = .lists(
          train: newValue.train ?? train,
          validation: newValue.validation.map { .list($0) } ?? validation)
      }
      if case .file(let path) = data.groups { data.groups = .file(newValue.groups ?? path) }
      weights?.location = newValue.weights
      training.continues?.location = newValue.continued
    }
  }
}

extension DataPlaces {
  /// Seen from the spec that lies as it lay to the records, where there is one: the project may have
  /// been moved or copied since, and the data of the copy is that beside it.
  func beside(_ record: TrialRecord, in root: String) -> DataPlaces {
    guard let way = record.folderFromRecords else { return self }
    let root = Path.absolute(root, in: FileManager.default.currentDirectoryPath)
    var places = self
    places.folder = Path.absolute(way, in: root)
    let spec = "\(places.folder)/\(record.specName)"
    return FileManager.default.fileExists(atPath: spec) ? places : self
  }
}
