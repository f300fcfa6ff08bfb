import Foundation

/// A folder that is made whole or not at all: beside its place, then under its name.
struct WholeFolder {
  let path: String
  /// The file by which a folder is known to be of the same command, which may be replaced.
  let recordFile: String
  let replaces: Bool

  init(_ path: String, recordFile: String, replaces: Bool) {
    let standardized = URL(fileURLWithPath: path).standardizedFileURL.path(percentEncoded: false)
    self.path =
      standardized.count > 1 && standardized.hasSuffix("/")
      ? String(standardized.dropLast()) : standardized
    (self.recordFile, self.replaces) = (recordFile, replaces)
  }

  var name: String { (path as NSString).lastPathComponent }

  /// - Parameters:
  ///   - record: what the record file says.
  ///   - body: fills the folder that it is given.
  /// - Throws: ``Failure`` where something else lies there.
  func write<Result>(
    _ record: some Encodable, _ body: (_ folder: String) throws -> Result
  ) throws -> Result {
    try checkPlace()
    let parent = (path as NSString).deletingLastPathComponent
    let partial = "\(parent)/.\(name)-\(UUID().uuidString).partial"
    do {
      try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
    } catch {
      throw Failure(.damagedStore, "error: \(path) cannot be made: \(error.localizedDescription)")
    }
    defer { try? FileManager.default.removeItem(atPath: partial) }
    let result = try body(partial)
    try Self.write(JSONOutput.text(record) + "\n", to: "\(partial)/\(recordFile)")
    let old = "\(partial)-old"
    if FileManager.default.fileExists(atPath: path) { try move(path, to: old) }
    try move(partial, to: path)
    try? FileManager.default.removeItem(atPath: old)
    return result
  }

  static func write(_ text: String, to path: String) throws {
    do {
      let folder = (path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw Failure(
        .damagedStore, "error: \(path) cannot be written: \(error.localizedDescription)")
    }
  }

  private func checkPlace() throws {
    let there = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw Failure(.usage, "error: \(path) is a file: name a new folder with -o")
    }
    guard !there.isEmpty else { return }
    guard there.contains(recordFile) else {
      throw Failure(
        .usage,
        "error: \(path) holds files that this command did not make: name a new folder with -o")
    }
    guard replaces else {
      throw Failure(
        .usage,
        "error: \(path) is there already: name another folder with -o, or add --force to make it anew"
      )
    }
  }

  private func move(_ from: String, to target: String) throws {
    guard rename(from, target) == 0 else {
      throw Failure(
        .damagedStore, "error: \(target) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
