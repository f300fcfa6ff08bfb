internal import Groundwork
import Foundation

/// A file that is written and, before anybody relies on it, read again.
struct ExportedFile {
  let name: String
  let data: Data
  /// What is wrong with the file that was written at a path; empty where nothing is.
  private let problems: (_ path: String) throws -> [String]

  /// - Parameter problems: compares what is read with what was written; bytes are compared if not given.
  init(
    _ name: String, _ data: Data, problems: ((_ path: String) throws -> [String])? = nil
  ) {
    (self.name, self.data) = (name, data)
    self.problems =
      problems ?? { path in
        try Data(contentsOf: URL(fileURLWithPath: path)) == data
          ? [] : ["its bytes are not those that were written"]
      }
  }

  init(_ name: String, text: String) { self.init(name, Data(text.utf8)) }

  /// Puts it at a path, whole or not at all.
  ///
  /// - Parameter isInNewFolder: whether it lies in a folder that nobody sees before it is whole.
  func write(to path: String, isInNewFolder: Bool = false) throws {
    guard !FileBytes.isSpecial(path) else {
      throw Failure(.usage, "error: \(path) is no file that could be read again: name another")
    }
    try data.write(to: URL(fileURLWithPath: path), options: isInNewFolder ? [] : .atomic)
    guard let problem = try problems(path).first else { return }
    throw Failure(
      .damagedStore,
      "error: \(path): what was written is not what is read: \(problem): "
        + "check the disk, then export again")
  }
}

/// Files that mean something together: they become a folder at once.
struct ExportedFolder {
  let files: [ExportedFile]

  /// Puts the files into a folder beside the path, which then takes its name.
  ///
  /// - Parameter replaces: whether a folder that is there may give way. One that holds anything but files of
  ///   these names never does.
  func write(to path: String, replaces: Bool) throws {
    let names = files.map(\.name)
    let isOwn = { (found: String) in Set(names).contains(found) }
    try Self.write(to: path, replaces: replaces, isOwn: isOwn) { folder in
      for file in files {
        try file.write(to: folder.appendingPathComponent(file.name).path, isInNewFolder: true)
      }
    }
  }

  /// Lets files be put into a folder beside the path, which then takes its name: there is the whole folder or
  /// what was there before.
  ///
  /// - Parameters:
  ///   - replaces: whether a folder that is there may give way.
  ///   - isOwn: whether an export writes files of that path in the folder. A folder that holds any other
  ///     never gives way.
  static func write(
    to path: String, replaces: Bool, isOwn: (String) -> Bool, fill: (URL) throws -> Void
  ) throws {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: path).standardizedFileURL
    let isThere = manager.fileExists(atPath: target.path)
    if isThere { try requireOwn(target.path, replaces: replaces, isOwn) }
    let part = target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent)-\(UUID().uuidString)")
    do {
      try manager.createDirectory(at: part, withIntermediateDirectories: false)
    } catch {
      throw Failure(
        .damagedStore,
        "error: \(path): cannot be written: \(Self.words(of: error)): "
          + "make the folder that it is to lie in, or name another with -o")
    }
    do {
      try fill(part)
      try put(part, inPlaceOf: target, isThere: isThere)
    } catch {
      try? manager.removeItem(at: part)
      throw error
    }
  }

  private static func put(_ part: URL, inPlaceOf target: URL, isThere: Bool) throws {
    let manager = FileManager.default
    guard isThere else { return try manager.moveItem(at: part, to: target) }
    let old = part.appendingPathExtension("old")
    try manager.moveItem(at: target, to: old)
    defer { try? manager.removeItem(at: old) }
    do {
      try manager.moveItem(at: part, to: target)
    } catch {
      try? manager.moveItem(at: old, to: target)
      throw error
    }
  }

  private static func requireOwn(
    _ path: String, replaces: Bool, _ isOwn: (String) -> Bool
  ) throws(Failure) {
    let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let files = found.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard replaces, isFolder.boolValue, files.allSatisfy(isOwn) else {
      throw Failure(
        .usage,
        "error: \(path) is there already and holds other files than this export writes: name another "
          + "folder with -o")
    }
  }

  private static func words(of error: any Error) -> String {
    (error as? CocoaError).map { SystemRefusal.words(for: $0) } ?? "\(error)"
  }
}
