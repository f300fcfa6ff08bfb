internal import Foundation

/// Runs that were removed and can be brought back: whole folders below `results/.trash`.
///
/// ```
/// results/.trash/lock
/// results/.trash/2026-05-01T12-00-00Z-<uuid>/<experiment>/trials/<id[0..<2]>/<id>/…
/// ```
///
/// Every removal has a folder that is laid out as the results folder, so that whatever reads records
/// reads it too. A run moves by one renaming: it lies in the one place or in the other at any instant, with
/// every byte that it had.
package struct Trash: Sendable {
  /// The folder of the records.
  let root: String
  let operations: any FileOperations

  static let name = ".trash"
  static let lockName = "lock"
  /// Begins the names of what is being removed for good.
  static let gone = "gone-"

  package init(of store: FolderStore) { (root, operations) = (store.root, store.operations) }

  var path: String { "\(root)/\(Self.name)" }

  /// A run in the trash.
  package struct Entry: Sendable {
    package let run: RunRecord
    /// UTC, RFC 3339.
    package let removedAt: String
    /// The folder of the removal, a results folder of its own.
    let folder: String
    /// Of all its files.
    package let bytes: Int
  }

  /// What was removed, the newest first.
  package func entries() throws(StoreError) -> [Entry] {
    var entries: [Entry] = []
    for name in removals.reversed() {
      let folder = "\(path)/\(name)"
      for var run in try FolderStore(root: folder, operations: operations).runs(of: nil) {
        // Its number is another's, or will be.
        run.isSuperseded = true
        entries.append(
          Entry(
            run: run, removedAt: Self.time(of: name), folder: folder,
            bytes: FolderSize.of(place(run, in: folder).path)))
      }
    }
    return entries
  }

  /// The folders of removals, the oldest first.
  var removals: [String] {
    guard RecordFile.isFolder(path) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { name in
      !name.hasPrefix(Self.gone) && RecordFile.isFolder("\(path)/\(name)")
    }.sorted()
  }

  func place(_ run: RunRecord, in root: String) -> RunFolder {
    RunFolder(root: root, experiment: run.experiment, id: run.id)
  }

  /// Runs the body while nobody else moves runs into the trash or out of it.
  func locked<Value>(_ body: () throws -> Value) throws -> Value {
    try operations.makeFolder(path)
    let lock = try RunLock("\(path)/\(Self.lockName)", patience: 600)
    return try withExtendedLifetime(lock, body)
  }

  /// `2026-05-01T12-00-00Z-<uuid>`: sorts by time, and no two removals share it.
  static func newName(at time: Date = Date()) -> String {
    let text = time.ISO8601Format().replacing(":", with: "-")
    return "\(text)-\(UUID().uuidString)"
  }

  /// `2026-05-01T12:00:00Z`; the name itself where somebody else gave it.
  static func time(of name: String) -> String {
    let parts = name.prefix(20).split(separator: "T", maxSplits: 1)
    guard parts.count == 2, parts[1].hasSuffix("Z") else { return name }
    return "\(parts[0])T\(parts[1].replacing("-", with: ":"))"
  }
}
