internal import Foundation

/// The labels of a run as a file of its folder, `labels.json`. No state names it, so that it may change
/// when the record does not.
struct LabelsFile {
  let folder: RunFolder

  static let name = "labels.json"
  /// In the experiment's folder: held by whoever changes labels of one of its runs.
  static let lockName = "labels.lock"

  /// - Returns: no labels where there is no file.
  /// - Throws: ``StoreError/damagedLabels(path:reason:)``.
  func read() throws(StoreError) -> RunLabels {
    let path = folder.file(Self.name)
    do throws(StoreError) {
      guard let bytes = try folder.read(Self.name) else { return RunLabels() }
      return try RecordJSON.decode(RunLabels.self, bytes, path: path)
    } catch {
      guard case .damaged(_, let reason) = error else { throw error }
      throw StoreError.damagedLabels(path: path, reason: reason)
    }
  }
}

extension FolderStore {
  package func label(
    _ id: String, experiment: String, _ change: LabelChange
  ) throws -> RunLabels {
    let folder = RunFolder(root: root, experiment: experiment, id: id)
    guard folder.exists(RunFolder.specification) else {
      throw StoreError.missing(path: folder.path, what: "run")
    }
    let lock = try RunLock("\(folder.experimentFolder)/\(LabelsFile.lockName)", patience: 600)
    return try withExtendedLifetime(lock) {
      let file = LabelsFile(folder: folder)
      let before = try file.read()
      let labels = before.changed(by: change)
      if labels == before { return labels }
      if let name = labels.name, name != before.name,
        let owner = try self.owner(of: name, experiment: experiment, but: id)
      {
        throw LabelError.taken(name, by: "\(experiment)/\(owner.prefix(8))")
      }
      try AtomicFile(operations: operations).replace(
        folder.file(LabelsFile.name), with: RecordJSON.encode(labels))
      return labels
    }
  }

  /// The id of the run that has a name already. Labels that cannot be read have none.
  func owner(
    of name: String, experiment: String, but id: String
  ) throws(StoreError) -> String? {
    for other in try ids(of: experiment) where other != id {
      let folder = RunFolder(root: root, experiment: experiment, id: other)
      if (try? LabelsFile(folder: folder).read())?.name == name { return other }
    }
    return nil
  }
}
