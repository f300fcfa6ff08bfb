internal import Foundation

extension Garbage {
  /// What was freed, and what was not.
  package struct Outcome: Sendable {
    package var bytes = 0
    package var items = 0
    /// A sentence for each item that stays.
    package var problems: [String] = []
  }

  /// Removes the items of these kinds for good. Killed at any instant, every run is whole or in the trash
  /// or gone; what is half removed is garbage of the next time.
  package func free(_ kinds: Set<Kind>) -> Outcome {
    var outcome = Outcome()
    for item in items where kinds.contains(item.kind) {
      do {
        try free(item)
        outcome.bytes += item.bytes
        outcome.items += 1
      } catch {
        outcome.problems.append("\(item.name) stays: \(error)")
      }
    }
    return outcome
  }

  private func free(_ item: Item) throws {
    let (trash, operations) = (Trash(of: store), store.operations)
    switch item.target {
    case .removal(let name): try trash.locked { try trash.erase(name) }
    case .gone(let path): try trash.locked { try FileManager.default.removeItem(atPath: path) }
    case .scratch(let path): try ScratchStore.removeLeftover(path)
    case .file(let path): try operations.remove(path)
    case .leftovers(let folder):
      let lock = try RunLock(folder.lock)
      try withExtendedLifetime(lock) {
        // A writer may have come and gone since they were looked for.
        guard lock.isInPlace, let found = RunLeftovers(of: folder) else { return }
        let names =
          item.kind == .orphans
          ? found.unnamedCheckpoints + found.unnamedPreviews : found.partialFiles
        try found.remove(names, operations)
      }
    case .weights(let run, let files): try store.dropWeights(files, of: run)
    case .run(let run):
      let moved = try trash.remove([run])
      for entry in moved {
        try trash.locked { try trash.erase(String(entry.folder.split(separator: "/").last ?? "")) }
      }
    }
  }
}

extension Trash {
  /// Removes a folder of the trash for good: first under a name that nobody reads, then file by file.
  func erase(_ name: String) throws {
    let path = "\(path)/\(Self.gone)\(UUID().uuidString)"
    try operations.rename("\(self.path)/\(name)", to: path)
    try operations.synchronize(folder: self.path)
    try FileManager.default.removeItem(atPath: path)
  }
}
