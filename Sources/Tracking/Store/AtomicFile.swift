internal import Foundation

/// Writes files that are never seen half written: beside, to the disk, then under their name.
struct AtomicFile {
  let operations: any FileOperations

  /// Puts the bytes in the place of the file.
  func replace(_ path: String, with bytes: Data) throws(StoreError) {
    let partial = Self.partialPath(beside: path)
    do throws(StoreError) {
      try operations.write(bytes, to: partial)
      try operations.rename(partial, to: path)
    } catch {
      // Makes room on a full disk; where even this fails, the next writer tries again.
      try? operations.remove(partial)
      throw error
    }
    try operations.synchronize(folder: parentFolder(of: path))
  }

  /// Makes the file where there is none, whoever else tries the same.
  ///
  /// - Returns: whether it was made; `false` leaves the one that is there as it is.
  func createOnce(_ path: String, _ bytes: Data) throws(StoreError) -> Bool {
    let partial = Self.partialPath(beside: path)
    try operations.write(bytes, to: partial)
    let isMade = try operations.link(partial, to: path)
    try operations.remove(partial)
    try operations.synchronize(folder: parentFolder(of: path))
    return isMade
  }

  /// Removes what writers that were killed left beside their files.
  func removePartialFiles(in folder: String) throws(StoreError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted() where name.hasSuffix(partialEnding) {
      try operations.remove(folder + "/" + name)
    }
  }

  private static func partialPath(beside path: String) -> String {
    let name = (path as NSString).lastPathComponent
    return "\(parentFolder(of: path))/.\(name)-\(UUID().uuidString)\(partialEnding)"
  }
}

private let partialEnding = ".partial"
