import ArgumentParser

/// Shows what data hold, and what in them may be a mistake.
struct DataCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Look at data: sizes, values, classes, duplicates, leaks, suspicious masks.",
    discussion: """
      Of a spec its training, validation and test images are looked at, of a sweep those of the first \
      trial. Without a spec name lists, one 'image mask' or one image a line, or folders of images: the \
      values in masks are then shown as they are.

        experiments data experiments/camvid-enet.yaml
        experiments data my.yaml -o data.html --sheet sheet.png
        experiments data train.txt val.txt --json

      Every file is read once and remembered as long as it does not change. Images that look alike are \
      found by a perceptual hash (pHash of 256 bits, of which at most 32 differ). Exit status: 65 where a \
      training would refuse the data.
      """)

  @Argument(
    help: ArgumentHelp(
      "A spec (.yaml), or list files and folders, each a set.", valueName: "spec-or-list"),
    completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Replace a value of the spec, e.g. --set data.root=../data. May be repeated.",
      valueName: "path=value"))
  var overrides: [String] = []

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write a page with charts and images, .html.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write a contact sheet of images with their masks, .png, .pdf or .svg.", valueName: "file"),
    completion: .file(extensions: ["png", "pdf", "svg"]))
  var sheet: String?

  @Option(help: "Images on the sheet and on the page, besides suspicious ones.")
  var count = 24

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name a spec, or lists and folders") }
    if !(1...200).contains(count) {
      throw ValidationError("--count must be from 1 to 200, not \(count)")
    }
    if let output, !output.lowercased().hasSuffix(".html") {
      throw ValidationError("-o \(output): a page is written as .html")
    }
    if let sheet, OverviewSheet.Format(sheet) == nil {
      throw ValidationError("--sheet \(sheet): a sheet is written as .png, .pdf or .svg")
    }
  }

  func run() throws {
    let screen = Screen.standardError()
    var progress = ApplicationProgress(screen, label: "data")
    let data: LookedData
    do {
      defer { progress.finish() }
      data = try LookedData(paths, overrides: overrides, results: results.folder.path) {
        done, all in
        progress.show("looking at images", done: done, of: all, "image")
      }
    }
    try DataReport(data).write(
      json: json, page: output, sheet: sheet, count: count, screen: screen)
  }
}
