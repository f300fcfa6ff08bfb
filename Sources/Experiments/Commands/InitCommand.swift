import ArgumentParser
internal import DataLayouts
internal import Datasets
import Foundation

/// Writes a first spec for data that nobody has described yet.
struct InitCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at images and masks, and write a spec to begin with.",
    discussion: """
      experiments init --data ~/cells
      experiments init --data train.txt val.txt -o cells.yaml
      experiments run cells.yaml --smoke

      Of a folder its lists count, or else names: images/a.jpg and masks/a.png (also imgs, labels, annot, gt, …, \
      with _mask, _label or _gt behind the name), a.png and a_mask.png in one folder, imagesTr and labelsTr, \
      TIFF stacks, HDF5 files with images and masks, any of these under train, val and test. Masks may hold ids, \
      0 and 255, colors, any other values, or numbers of objects.

      Every file is read. The spec says in comments what was assumed and passes experiments check: else nothing \
      is written. A file that is there already is never written over.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A folder, or lists of lines 'image mask', of which train, val and test are told by their names.",
      valueName: "folder-or-list"), completion: .file())
  var data: [String]

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The spec to write; the folder's name with .yaml in the working directory if not given.",
      valueName: "spec"), completion: .file(extensions: ["yaml", "yml"]))
  var output: String?

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func run() throws {
    do {
      try write()
    } catch let error as DataError where !error.isOfTheSystem {
      let count = Units.count(error.problems.count, "error")
      throw Failure(
        .badInput,
        (error.lines { _ in "error: " } + ["\(count); nothing was written"]).joined(separator: "\n")
      )
    }
  }

  private func write() throws {
    let screen = Screen.standardError()
    let found = try Self.found(data)
    let name = ImportOptions.experiment(Self.name(output ?? found.root))
    let file = StarterFile(path: output ?? "\(name).yaml", machine: .current)
    try file.checkPlace()
    var progress = ApplicationProgress(screen, label: "init")
    let data: StarterData
    do {
      defer { progress.finish() }
      data = try StarterData(found) { done, all in
        progress.show("looking at images", done: done, of: all, "image")
      }
    }
    let typed = self.data.map(ShellWord.quoted).joined(separator: " ")
    let draft = data.spec(
      name: name, folder: file.folder, origin: "experiments init --data \(typed)")
    let checked = try file.check(draft, store: results.store)
    try file.write(checked.spec.text)
    if !json { checked.facts.warnings.say(on: screen) }
    let report = StarterReport(data, checked.spec, path: file.path)
    print(try json ? JSONOutput.text(report) : report.text())
  }

  private static func found(_ paths: [String]) throws -> FoundData {
    var isFolder: ObjCBool = false
    for path in paths {
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure(.badInput, "error: \(path): there is no such folder or list")
      }
      guard !isFolder.boolValue || paths.count == 1 else {
        throw Failure(.usage, "error: name one folder, or lists: \(path) is a folder among several")
      }
    }
    guard isFolder.boolValue else { return try DataSearch.lists(paths) }
    switch try DataSearch.look(in: paths[0]) {
    case .data(let found): return found
    case .layout(let layout, let reason):
      let name = ShellWord.quoted(paths[0])
      throw Failure(
        .badInput,
        "error: \(paths[0]) is a data set of the layout \(layout.name): \(reason)\n"
          + "experiments import \(layout.name) \(name) -o FOLDER reads it and writes a spec")
    }
  }

  /// What a file or folder is called, without what a spec ends in.
  private static func name(_ path: String) -> String {
    let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    return ["yaml", "yml"].contains((name as NSString).pathExtension)
      ? (name as NSString).deletingPathExtension : name
  }
}
