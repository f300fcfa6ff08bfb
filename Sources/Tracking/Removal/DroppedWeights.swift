internal import Foundation

extension FolderStore {
  /// Removes checkpoints of a run that has ended, and keeps their digests: the record stays whole, and says that they
  /// are gone. Killed at any instant, the run has them or says that it does not; files that are left then are garbage
  /// of the next time.
  ///
  /// - Parameter files: of its checkpoints, see ``CheckpointRecord/file``.
  /// - Throws: ``StoreError`` where somebody works on the run, or it has no such checkpoints any more.
  package func dropWeights(_ files: Set<String>, of run: RunRecord) throws {
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    let lock = try RunLock(folder.lock)
    try withExtendedLifetime(lock) {
      guard var state = try folder.state(),
        files.isSubset(of: state.checkpoints.values.map(\.file))
      else { throw StoreError.missing(path: folder.path, what: "such checkpoint") }
      state.setDropped(files.union(state.dropped ?? []))
      try AtomicFile(operations: operations).replace(
        folder.file(RunFolder.state), with: RecordJSON.encode(state))
      for file in files.sorted() { try operations.remove(folder.file(file)) }
    }
  }

  /// Puts weights back that a run does not keep any more, from a training that came to the same bytes.
  ///
  /// - Parameter other: has a record of the same trial.
  /// - Returns: the checkpoints that are there again; those with other bytes than were recorded stay away.
  package func restoreWeights(
    of run: RunRecord, from other: FolderStore
  ) throws -> [CheckpointRecord] {
    guard !run.dropped.isEmpty, let repeated = try other.run(run.id, experiment: run.experiment)
    else { return [] }
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    let lock = try RunLock(folder.lock)
    return try withExtendedLifetime(lock) {
      guard var state = try folder.state() else { return [] }
      let files = AtomicFile(operations: operations)
      var restored: [CheckpointRecord] = []
      for checkpoint in state.checkpointRecords where state.isDropped(checkpoint.file) {
        if !restored.contains(where: { $0.file == checkpoint.file }) {
          guard
            let same = repeated.checkpoints.first(where: { $0.sha256 == checkpoint.sha256 })
          else { continue }
          try operations.makeSubfolder(folder.file(RunFolder.checkpoints))
          try files.replace(
            folder.file(checkpoint.file), with: other.checkpointFile(same.name, of: repeated))
        }
        restored.append(checkpoint)
      }
      state.setDropped(Set(state.dropped ?? []).subtracting(restored.map(\.file)))
      try files.replace(folder.file(RunFolder.state), with: RecordJSON.encode(state))
      return restored
    }
  }
}
