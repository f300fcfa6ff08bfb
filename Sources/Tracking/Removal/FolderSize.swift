internal import Foundation

/// Bytes of files, as they are told before they are removed.
enum FolderSize {
  /// All files below a folder, or the one file; links count for themselves and lead nowhere.
  static func of(_ path: String) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { return 0 }
    guard status.st_mode & S_IFMT == S_IFDIR else { return Int(status.st_size) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.reduce(0) { $0 + of("\(path)/\($1)") }
  }
}
