internal import Foundation

/// A store for one command, in a hidden folder beside the records that goes with its owner.
///
/// What an owner that was killed left is known by its lock, which nobody holds any more.
package final class ScratchStore {
  package let store: FolderStore
  private let lock: RunLock

  /// - Parameters:
  ///   - id: the id of the run that the store is for.
  ///   - root: the folder of the records.
  package init(for id: String, beside root: String) throws(StoreError) {
    let files = SystemFiles()
    try files.makeFolder(root)
    let path = "\(root)/\(Self.prefix)\(id)-\(UUID().uuidString)"
    try files.makeSubfolder(path)
    do throws(StoreError) {
      lock = try RunLock("\(path)/\(Self.lockName)")
    } catch {
      rmdir(path)
      throw error
    }
    store = FolderStore(root: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: store.root) }

  /// Removes the folders of owners that are gone.
  package static func removeLeftovers(beside root: String) {
    for path in leftovers(beside: root) { try? removeLeftover(path) }
  }

  /// The folders of owners that are gone.
  static func leftovers(beside root: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().filter { $0.hasPrefix(prefix) }.map { "\(root)/\($0)" }.filter { path in
      RecordFile.isFolder(path) && RecordFile.exists("\(path)/\(lockName)")
        && !RunLock.isHeld("\(path)/\(lockName)")
    }
  }

  /// - Throws: where its owner is alive after all.
  static func removeLeftover(_ path: String) throws {
    let lock = try RunLock("\(path)/\(lockName)")
    try withExtendedLifetime(lock) { try FileManager.default.removeItem(atPath: path) }
  }

  private static let prefix = ".reproduce-"
  private static let lockName = "lock"
}
