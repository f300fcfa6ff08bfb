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
  func write(to path: String) throws {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
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

  /// Puts the files into a folder beside the path, which then takes its name: there is the whole folder or
  /// what was there before.
  ///
  /// - Parameter replaces: whether a folder that is there may give way. One that holds anything but files of
  ///   these names never does.
  func write(to path: String, replaces: Bool) throws {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: path).standardizedFileURL
    let isThere = manager.fileExists(atPath: target.path)
    if isThere { try requireOwn(target.path, replaces: replaces) }
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
      for file in files { try file.write(to: part.appendingPathComponent(file.name).path) }
      if isThere {
        let old = part.appendingPathExtension("old")
        try manager.moveItem(at: target, to: old)
        defer { try? manager.removeItem(at: old) }
        do {
          try manager.moveItem(at: part, to: target)
        } catch {
          try? manager.moveItem(at: old, to: target)
          throw error
        }
      } else {
        try manager.moveItem(at: part, to: target)
      }
    } catch {
      try? manager.removeItem(at: part)
      throw error
    }
  }

  private func requireOwn(_ path: String, replaces: Bool) throws(Failure) {
    let found = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard replaces, let found, Set(found).isSubset(of: files.map(\.name)) else {
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
