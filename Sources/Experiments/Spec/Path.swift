internal import Datasets
internal import Foundation
internal import Groundwork

/// File paths as text.
enum Path {
  /// A path without `.` and `..`, from a folder where it is relative; links are not resolved.
  static func absolute(_ path: String, in folder: String) -> String {
    let joined = path.hasPrefix("/") ? path : folder + "/" + path
    return URL(fileURLWithPath: joined).standardized.path
  }

  /// A path without `.` and without `..` that leads back, relative where it was.
  static func tidied(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let way = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + way : way.isEmpty ? "." : way
  }

  /// What comes before a file's name in its path: `specs/`, or nothing.
  static func folder(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The way from one folder to another, both absolute: `../specs`, and `.` to itself.
  static func relative(_ path: String, from folder: String) -> String {
    let (to, from) = (parts(of: path), parts(of: folder))
    let common = zip(to, from).prefix { $0 == $1 }.count
    let way = Array(repeating: "..", count: from.count - common) + to[common...]
    return way.isEmpty ? "." : way.joined(separator: "/")
  }

  private static func parts(of path: String) -> [String] {
    URL(fileURLWithPath: path).standardized.path.split(separator: "/").map(String.init)
  }
}
