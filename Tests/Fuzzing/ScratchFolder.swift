import Foundation

/// The folder that readers of files get their bytes in, one of this process.
enum ScratchFolder {
  static let path: String = {
    let path = NSTemporaryDirectory() + "fuzz-\(getpid())"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }()

  /// - Returns: the path of the file.
  @discardableResult
  static func write(_ bytes: some Sequence<UInt8>, to name: String) -> String {
    let file = "\(path)/\(name)"
    guard (try? Data(bytes).write(to: URL(filePath: file))) == nil else { return file }
    let folder = URL(filePath: file).deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data(bytes).write(to: URL(filePath: file))
    return file
  }
}
