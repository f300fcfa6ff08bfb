internal import Foundation

/// What writers that were killed left in a run's folder and no state names: half-written files, and
/// checkpoints and previews that were written when the process ended before its state was.
///
/// Only files with names that this program gives are among them. Whoever removes them holds the run's lock.
struct RunLeftovers {
  let folder: RunFolder
  let state: RunState?

  /// Paths in the run's folder.
  var partialFiles: [String] {
    let attempts = folder.attemptNumbers().map { RunFolder.attempt($0) }
    let within = (attempts + [RunFolder.checkpoints]).flatMap { name in
      folder.names(in: name).filter(AtomicFile.isPartial).map { "\(name)/\($0)" }
    }
    // Labels are written without the run's lock.
    let own = names.filter { AtomicFile.isPartial($0) && !$0.hasPrefix(".\(LabelsFile.name)-") }
    return within + own
  }

  var unnamedCheckpoints: [String] {
    folder.names(in: RunFolder.checkpoints).map { "\(RunFolder.checkpoints)/\($0)" }
      .filter {
        (RunFolder.isCheckpoint($0) || RunFolder.isInterim($0))
          && (state?.files[$0] == nil || state?.isDropped($0) == true)
      }
  }

  var unnamedPreviews: [String] {
    names.filter { RunFolder.isPreviews($0) && state?.files[$0] == nil }
  }

  func remove(
    _ names: [String], _ operations: any FileOperations
  ) throws(StoreError) {
    for name in names { try operations.remove(folder.file(name)) }
  }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }
}
