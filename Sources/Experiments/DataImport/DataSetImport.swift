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

  private var folder: WholeFolder {
    WholeFolder(destination, recordFile: "import.json", replaces: replaces)
  }

  /// What the folder's record says.
  private struct Record: Encodable {
    let layout: String
    let source: String
    let program: String
  }

  /// The name of the folder, which is also that of the spec.
  var name: String { folder.name }

  func run(_ screen: Screen) throws -> DataSetReport {
    try checkSource()
    var progress = ApplicationProgress(screen, label: layout.name)
    defer { progress.finish() }
    let record = Record(layout: layout.name, source: source.path, program: Program.version)
    let written = try folder.write(record) { partial in
      let dataSet = try layout.read(source, options)
      let written = try DataSetWriter(
        dataSet, from: source, to: folder.path, writingIn: partial,
        tellsObjects: options.tellsObjects
      ) { done, all in
        progress.show("importing", done: done, of: all, "image")
      }.write()
      if options.tellsObjects, !written.hasInstances {
        throw Failure(
          .badInput,
          "error: \(source.path) holds no objects that could be told apart: leave --instances out")
      }
      let spec = StarterSpec(
        written, name: ImportOptions.experiment(name), origin: "experiments import \(layout.name)")
      try WholeFolder.write(spec.text, to: "\(partial)/\(name).yaml")
      return written
    }
    return DataSetReport(written, of: self)
  }

  private func checkSource() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder) else {
      throw Failure(.badInput, "error: \(source.path): there is no such folder")
    }
    guard isFolder.boolValue else {
      throw Failure(
        .badInput,
        "error: \(source.path) is a file: name the folder with the images and annotations")
    }
    guard !source.isCutOff else {
      throw Failure(
        .badInput, "error: \(source.path) holds millions of files: name the data set's own folder")
    }
  }
}
