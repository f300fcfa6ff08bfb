internal import DataLayouts
internal import Datasets
import Foundation

/// Brings a data set of another tool into a folder of its own, all of it or nothing.
struct DataSetImport {
  let source: SourceFolder
  let layout: any DataLayout.Type
  let options: LayoutOptions
  /// The folder that is made.
  let destination: String
  /// Replaces a folder that an import made.
  let replaces: Bool

  /// The file by which a folder is known as an import's.
  private static let recordFile = "import.json"

  /// What the record says.
  private struct Record: Encodable {
    let layout: String
    let source: String
    let program: String
  }

  func run(_ screen: Screen) throws -> DataSetReport {
    try checkPlaces()
    let partial = "\(parent)/.\(name)-\(UUID().uuidString).partial"
    try make(partial)
    defer { try? FileManager.default.removeItem(atPath: partial) }
    var progress = ApplicationProgress(screen, label: layout.name)
    defer { progress.finish() }
    let dataSet = try layout.read(source, options)
    let written = try DataSetWriter(dataSet, from: source, to: destination, writingIn: partial) {
      done, all in
      progress.show("importing", done: done, of: all, "image")
    }.write()
    let spec = StarterSpec(
      written, name: ImportOptions.experiment(name), origin: "experiments import \(layout.name)")
    try write(spec.text, to: "\(partial)/\(name).yaml")
    let record = Record(layout: layout.name, source: source.path, program: Program.version)
    try write(JSONOutput.text(record) + "\n", to: "\(partial)/\(Self.recordFile)")
    try put(partial)
    return DataSetReport(written, of: self)
  }

  /// The name of the folder, which is also that of the spec.
  var name: String { (standardized as NSString).lastPathComponent }
  private var parent: String { (standardized as NSString).deletingLastPathComponent }
  private var standardized: String {
    URL(fileURLWithPath: destination).standardizedFileURL.path(percentEncoded: false)
      .withoutTrailingSlash
  }

  private func checkPlaces() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder) else {
      throw Failure(.badInput, "error: \(source.path): there is no such folder")
    }
    guard isFolder.boolValue else {
      throw Failure(
        .badInput, "error: \(source.path) is a file: name the folder with the images and annotations")
    }
    guard !source.isCutOff else {
      throw Failure(.badInput, "error: \(source.path) holds millions of files: name the data set's own folder")
    }
    let there = (try? FileManager.default.contentsOfDirectory(atPath: destination)) ?? []
    guard FileManager.default.fileExists(atPath: destination), !there.isEmpty else { return }
    guard there.contains(Self.recordFile) else {
      throw Failure(
        .usage,
        "error: \(destination) holds files that no import made: name a new folder with -o")
    }
    guard replaces else {
      throw Failure(
        .usage,
        "error: \(destination) is there already: name another folder with -o, or add --force to make it anew"
      )
    }
  }

  private func make(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .damagedStore, "error: \(folder) cannot be made: \(error.localizedDescription)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw Failure(.damagedStore, "error: \(path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// Puts what was written in its place; what was there is removed when the new stands.
  private func put(_ partial: String) throws {
    let old = "\(partial)-old"
    if FileManager.default.fileExists(atPath: destination) {
      try move(destination, to: old)
    }
    try move(partial, to: destination)
    try? FileManager.default.removeItem(atPath: old)
  }

  private func move(_ from: String, to target: String) throws {
    guard rename(from.withoutTrailingSlash, target.withoutTrailingSlash) == 0 else {
      throw Failure(
        .damagedStore, "error: \(target) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}

extension String {
  var withoutTrailingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
