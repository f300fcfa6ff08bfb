import Foundation
internal import Datasets
internal import Groundwork

/// Files of points that a command was given: files, folders, and lists of files.
struct PointFiles {
  /// As opened, and what the result is called: a path without its ending, relative to where results go.
  private(set) var files: [(path: String, name: String)] = []

  /// - Throws: ``Failure`` for what is none, an empty folder or list, and two results of one name.
  init(_ arguments: [String]) throws(Failure) {
    for argument in arguments {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
      guard exists else {
        throw Failure(.badInput, "error: \(argument) does not exist")
      }
      if isFolder.boolValue {
        try add(folder: argument)
      } else if let entries = Self.entries(ofList: argument) {
        let folder = (FilePath.resolve(argument, in: nil) as NSString).deletingLastPathComponent
        for entry in entries {
          add(FilePath.resolve(entry, in: folder), entry.hasPrefix("/") ? Self.last(entry) : entry)
        }
      } else {
        add(argument, Self.last(argument))
      }
    }
    var known: Set<String> = []
    if let twice = files.first(where: { !known.insert($0.name).inserted }) {
      throw Failure(
        .badInput,
        "error: two files would be written as \(twice.name): predict one of them into another folder"
      )
    }
  }

  private mutating func add(_ path: String, _ name: String) {
    files.append((path, (name as NSString).deletingPathExtension))
  }

  private mutating func add(folder: String) throws(Failure) {
    let all = (FileManager.default.subpaths(atPath: folder) ?? []).sorted()
    let endings = PointFormats.endings
    let found = all.filter { name in endings.contains { name.lowercased().hasSuffix($0) } }
    guard !found.isEmpty else {
      throw Failure(
        .badInput,
        "error: \(folder) holds no files of points: they end in \(endings.joined(separator: ", "))")
    }
    for name in found { add("\(folder)/\(name)", name) }
  }

  private static func last(_ path: String) -> String { (path as NSString).lastPathComponent }

  /// The first entries of the lines of a list; `nil` where the file is no list, as its first line names no
  /// file that exists.
  private static func entries(ofList path: String) -> [String]? {
    guard path.hasSuffix(".txt"), let lines = PointList.entries(path) else { return nil }
    let folder = (FilePath.resolve(path, in: nil) as NSString).deletingLastPathComponent
    guard let first = lines.first,
      FileManager.default.fileExists(atPath: FilePath.resolve(first, in: folder))
    else { return nil }
    return lines
  }
}
