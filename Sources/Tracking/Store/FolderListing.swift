internal import Foundation

/// What lies in a folder, in no order, without a look at each entry where the file system says what it is.
struct FolderListing {
  private(set) var names: [String] = []
  /// Those of the names that are folders, or links to some.
  private(set) var folders: [String] = []

  /// - Returns: `nil` where there is no such folder, with the reason in `errno`.
  init?(_ path: String, followsLinks: Bool = true) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else { return nil }
    guard let folder = fdopendir(descriptor) else {
      close(descriptor)
      return nil
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      names.append(name)
      if Self.isFolder(Int32(entry.pointee.d_type), name, in: descriptor) { folders.append(name) }
    }
  }

  private static func isFolder(_ type: Int32, _ name: String, in folder: Int32) -> Bool {
    switch type {
    case Int32(DT_DIR): return true
    case Int32(DT_LNK), Int32(DT_UNKNOWN):
      var status = stat()
      return fstatat(folder, name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
    default: return false
    }
  }
}
