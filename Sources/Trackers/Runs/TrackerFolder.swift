internal import Foundation

/// A folder of another tracker, which may come from anywhere: what is read are regular files within it,
/// never through a link, and no more of them than a person keeps.
package struct TrackerFolder: Sendable {
  package let path: String

  /// - Throws: where there is no such folder.
  package init(_ path: String) throws(TrackerError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw TrackerError(path, "there is no such file or folder", remedy: "check the path")
    }
    guard isFolder.boolValue else {
      throw TrackerError(path, "it is no folder", remedy: "name the folder that it lies in")
    }
    self.path = path
  }

  private init(known path: String) { self.path = path }

  /// The folder of that name in this one; `nil` where there is none, or a link stands in its place.
  package func folder(_ name: String) -> TrackerFolder? {
    kind(of: name) == .folder ? TrackerFolder(known: "\(path)/\(name)") : nil
  }

  /// The folders in this one by name, sorted, links left out.
  package var folders: [String] { names.filter { kind(of: $0) == .folder } }

  /// The regular files in this one by name, sorted.
  package var files: [String] { names.filter { kind(of: $0) == .file } }

  /// The regular files here and below, as paths from here, sorted.
  package func filesBelow(depth: Int = 16) -> [String] {
    var found = files
    guard depth > 0 else { return found }
    for name in folders {
      found += folder(name)?.filesBelow(depth: depth - 1).map { "\(name)/\($0)" } ?? []
      if found.count > Self.mostFiles { break }
    }
    return found
  }

  /// The text of a file of at most so many bytes; `nil` where there is no such regular file.
  package func text(_ name: String, atMost limit: Int) throws(TrackerError) -> String? {
    guard kind(of: name) == .file else { return nil }
    let file = try ByteSource(path: "\(path)/\(name)")
    guard file.count <= limit else {
      throw TrackerError(
        "\(path)/\(name)", "it has \(file.count) bytes, and no such file has more than \(limit)",
        remedy: "move it out of the folder")
    }
    return String(decoding: try file.read(file.count) ?? [], as: UTF8.self)
  }

  // MARK: - What lies in it

  private enum Kind { case file, folder, other }

  private var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Array(names.sorted().prefix(Self.mostFiles))
  }

  private func kind(of name: String) -> Kind? {
    guard !name.split(separator: "/").contains("..") else { return nil }
    var status = stat()
    guard lstat("\(path)/\(name)", &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  private static let mostFiles = 1_000_000
}
