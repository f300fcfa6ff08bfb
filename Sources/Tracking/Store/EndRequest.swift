internal import Foundation

extension FolderStore {
  /// Asks a run that is trained now, here or elsewhere, to end with its next evaluation.
  package func askForEnd(of run: RunRecord) throws(StoreError) {
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    _ = try AtomicFile(operations: operations).createOnce(
      folder.file(RunFolder.endRequest), Data())
  }

  /// Tells whether a person wants the run to end with its next evaluation.
  package func endIsAskedFor(_ id: String, experiment: String) -> Bool {
    RunFolder(root: root, experiment: experiment, id: id).exists(RunFolder.endRequest)
  }
}
