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
      throw error.naming(path, insteadOf: partial)
    }
    try operations.synchronize(folder: parentFolder(of: path))
  }

  /// Makes the file where there is none, whoever else tries the same.
  ///
  /// - Returns: whether it was made; `false` leaves the one that is there as it is.
  func createOnce(_ path: String, _ bytes: Data) throws(StoreError) -> Bool {
    let partial = Self.partialPath(beside: path)
    let isMade: Bool
    do throws(StoreError) {
      try operations.write(bytes, to: partial)
      isMade = try operations.link(partial, to: path)
    } catch {
      try? operations.remove(partial)
      throw error.naming(path, insteadOf: partial)
    }
    try operations.remove(partial)
    try operations.synchronize(folder: parentFolder(of: path))
    return isMade
  }

  private static func partialPath(beside path: String) -> String {
    let name = (path as NSString).lastPathComponent
    return "\(parentFolder(of: path))/.\(name)-\(UUID().uuidString)\(partialEnding)"
  }

  /// Tells whether it is a name that ``partialPath(beside:)`` gives.
  static func isPartial(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(partialEnding) else { return false }
    let stem = name.dropLast(partialEnding.count)
    return stem.count > 37 && stem.dropLast(36).hasSuffix("-")
      && UUID(uuidString: String(stem.suffix(36))) != nil
  }
}

extension StoreError {
  /// The error with the path that the caller knows, instead of that of the partial file, which
  /// nobody knows.
  fileprivate func naming(_ path: String, insteadOf partial: String) -> StoreError {
    guard case .system(partial, let action, let code) = self else { return self }
    return .system(path: path, action: action, code: code)
  }
}

private let partialEnding = ".partial"
