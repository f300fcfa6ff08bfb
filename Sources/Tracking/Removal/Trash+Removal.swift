internal import Foundation

/// Why a run is not removed, or not brought back.
package struct RemovalRefused: Error, Sendable, Hashable, CustomStringConvertible {
  /// A sentence for each run.
  package let reasons: [String]
  package let remedy: String
  package var description: String { (reasons + [remedy]).joined(separator: "\n") }
}

extension Trash {
  /// Why runs had better stay, a sentence each: they are trained now, or others began with them.
  ///
  /// - Parameters:
  ///   - runs: those that are to go.
  ///   - all: every run of the store.
  package static func objections(to runs: [RunRecord], among all: [RunRecord]) -> [String] {
    let going = Set(runs.map(\.place))
    var users: [RunOrigin: [String]] = [:]
    for run in all where !going.contains(run.place) {
      for origin in run.trial.origins { users[origin, default: []].append(run.name) }
    }
    return runs.flatMap { run -> [String] in
      var reasons: [String] = []
      if run.status == .running { reasons.append("\(run.name) is trained now") }
      if let names = users[RunOrigin(experiment: run.experiment, id: run.id)] {
        let some = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        reasons.append("\(some) began with the weights of \(run.name)")
      }
      return reasons
    }
  }

  /// Moves runs into the trash, each at once. Their folders are the same, byte for byte.
  ///
  /// - Parameter isForced: whether runs go whose lock another process holds; it cannot go on then.
  /// - Returns: what lies in the trash now.
  /// - Throws: where one of them cannot be moved; those before it have been.
  package func remove(_ runs: [RunRecord], isForced: Bool = false) throws -> [Entry] {
    guard !runs.isEmpty else { return [] }
    return try locked {
      let folder = "\(path)/\(Self.newName())"
      return try runs.map { run in
        let (from, to) = (place(run, in: root), place(run, in: folder))
        guard RecordFile.isFolder(from.path) else {
          throw StoreError.missing(path: from.path, what: "run")
        }
        do {
          // While it is held its file says by whom, which is none of what is removed.
          let lock = isForced ? nil : try RunLock(from.lock)
          try withExtendedLifetime(lock) { try move(from.path, to: to.path) }
        }
        return Entry(
          run: run, removedAt: Self.removalTime(folder), folder: folder,
          bytes: FolderSize.of(to.path))
      }
    }
  }

  /// Puts runs back where they were.
  ///
  /// - Returns: a sentence for each that lost its name, which another run has now.
  /// - Throws: ``RemovalRefused`` before anything is moved where another run lies in a place; where one of
  ///   them cannot be moved, those before it have been.
  package func restore(_ entries: [Entry]) throws -> [String] {
    try locked {
      let taken = entries.filter { RecordFile.exists(place($0.run, in: root).path) }
      guard taken.isEmpty else {
        throw RemovalRefused(
          reasons: taken.map { entry in
            "\(entry.run.name) has been trained again since and is not replaced"
          }, remedy: "remove the newer run first, or leave the older one in the trash")
      }
      for entry in entries {
        try move(place(entry.run, in: entry.folder).path, to: place(entry.run, in: root).path)
        dropEmptyFolders(of: entry)
      }
      return try entries.compactMap(clearTakenName)
    }
  }

  /// The bytes of both folders are on the disk before and after; the renaming is one step.
  private func move(_ path: String, to target: String) throws {
    try operations.makeFolder(parentFolder(of: target))
    // Where the target is not empty the system refuses: no run ever replaces another.
    try operations.rename(path, to: target)
    for folder in [parentFolder(of: target), parentFolder(of: path)] {
      try operations.synchronize(folder: folder)
    }
  }

  private static func removalTime(_ folder: String) -> String {
    time(of: String(folder.split(separator: "/").last ?? ""))
  }

  /// The folders of a removal that held nothing else. One that is not empty stays.
  private func dropEmptyFolders(of entry: Entry) {
    var folder = parentFolder(of: place(entry.run, in: entry.folder).path)
    while folder.hasPrefix(entry.folder), rmdir(folder) == 0 { folder = parentFolder(of: folder) }
  }

  private func clearTakenName(_ entry: Entry) throws -> String? {
    guard let name = entry.run.labels.name else { return nil }
    let store = FolderStore(root: root, operations: operations)
    let (id, experiment) = (entry.run.id, entry.run.experiment)
    guard let owner = try store.owner(of: name, experiment: experiment, but: id) else { return nil }
    _ = try store.label(id, experiment: experiment, .name(nil))
    return "\(entry.run.name) is not called '\(name)' any more: "
      + "\(experiment)/\(owner.prefix(8)) has that name now"
  }
}
