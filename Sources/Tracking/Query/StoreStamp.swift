internal import Foundation

/// What the files of the records look like from outside: as long as it is the same, nobody has written.
package struct StoreStamp: Sendable, Hashable {
  /// By the path of the file, below the folder of the records.
  fileprivate var files: [String: FileStamp] = [:]
  /// The runs that a living process writes to.
  fileprivate var live: Set<String> = []
}

extension FolderStore {
  /// Looks at the files that change whenever a record does, without opening them: those of the
  /// experiments of that name, or of all.
  package func stamp(of chosen: Set<String>? = nil) throws(StoreError) -> StoreStamp {
    var stamp = StoreStamp()
    for experiment in try experiments() where chosen?.contains(experiment) ?? true {
      stamp.add("\(experiment)/\(LatestPlan.file)", root)
      let trials = "\(experiment)/\(RunFolder.trials)"
      for prefix in Self.names(in: "\(root)/\(trials)") {
        for id in Self.names(in: "\(root)/\(trials)/\(prefix)") {
          stamp.addRun("\(trials)/\(prefix)/\(id)", root)
        }
      }
    }
    return stamp
  }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }
}

extension StoreStamp {
  fileprivate mutating func addRun(_ folder: String, _ root: String) {
    for name in [
      RunFolder.specification, RunFolder.state, RunFolder.result, TestFiles.name, LabelsFile.name,
    ] {
      add("\(folder)/\(name)", root)
    }
    // A process that dies writes nothing: its lock alone tells.
    if files["\(folder)/\(RunFolder.result)"] == nil,
      RunLock.isHeld("\(root)/\(folder)/\(RunFolder.lockName)")
    {
      live.insert(folder)
    }
  }

  fileprivate mutating func add(_ file: String, _ root: String) {
    files[file] = FileStamp("\(root)/\(file)")
  }
}
