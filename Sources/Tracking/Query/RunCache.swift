/// Runs that are read again and again, each only where its files have changed since.
package final class RunCache {
  private let store: FolderStore
  private var known: [RunPlaceKey: (stamp: Stamp, run: RunRecord)] = [:]

  private struct RunPlaceKey: Hashable {
    let experiment: String
    let id: String
  }

  package init(_ store: FolderStore) { self.store = store }

  /// What the store's catalogue is now.
  package func catalogue(of experiment: String? = nil) throws(StoreError) -> RunCatalogue {
    let experiments = if let experiment { [experiment] } else { try store.experiments() }
    var fresh: [RunPlaceKey: (stamp: Stamp, run: RunRecord)] = [:]
    var runs: [RunRecord] = []
    for name in experiments {
      for id in try store.ids(of: name) {
        let key = RunPlaceKey(experiment: name, id: id)
        // Taken before the record is read: what changes meanwhile is read again the next time.
        let stamp = Stamp(RunFolder(root: store.root, experiment: name, id: id))
        if let entry = known[key], entry.stamp == stamp {
          fresh[key] = entry
          runs.append(entry.run)
        } else if let run = try store.run(id, experiment: name) {
          fresh[key] = (stamp, run)
          runs.append(run)
        }
      }
    }
    known = fresh
    return store.catalogue(runs, experiments: experiments)
  }

  /// When the files of a run were last replaced, and whether somebody works on it.
  private struct Stamp: Equatable {
    let files: [FileStamp?]
    let isHeld: Bool

    init(_ folder: RunFolder) {
      let names = [
        RunFolder.specification, RunFolder.state, RunFolder.result, LabelsFile.name,
        TestFiles.name, RunFolder.attempts,
      ]
      files = names.map { FileStamp(folder.file($0)) }
      isHeld = RunLock.isHeld(folder.lock)
    }
  }
}
