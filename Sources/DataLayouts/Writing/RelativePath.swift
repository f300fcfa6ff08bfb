internal import Foundation

/// How one folder names a file in another.
package enum RelativePath {
  /// - Parameters:
  ///   - path: of a file.
  ///   - folder: need not be there yet.
  package static func from(_ folder: String, to path: String) -> String {
    let from = components(of: folder)
    let to = components(of: Self.folder(of: path)) + [SourceFolder.name(of: path)]
    let common = zip(from, to).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let up = Array(repeating: "..", count: from.count - common)
    return (up + to[common...]).joined(separator: "/")
  }

  private static func folder(of path: String) -> String {
    let folder = SourceFolder.folder(of: path)
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
  }

  /// Of the real path: links are followed as far as the path is there.
  private static func components(of folder: String) -> [String] {
    var rest: [String] = []
    var path =
      folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
    while true {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real).split(separator: "/").map(String.init) + rest
      }
      while path.hasSuffix("/") { path.removeLast() }
      let name = SourceFolder.name(of: path)
      if name == ".." { _ = rest.popLast() } else if name != "." { rest.insert(name, at: 0) }
      path = SourceFolder.folder(of: path)
      if path.isEmpty { return rest }
    }
  }
}
