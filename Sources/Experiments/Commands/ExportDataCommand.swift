import ArgumentParser
internal import Datasets
import Foundation

/// Writes the data of a spec in the layout of another tool.
struct ExportDataCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-data",
    abstract: "Write the data of a spec in the layout of another tool.",
    discussion: """
      experiments export-data camvid.yaml --to coco -o camvid-coco
      experiments export-data camvid.yaml --to nnunet -o nnUNet_raw/Dataset001_CamVid

      \(DataExportFormats.list)

      Images and masks are written in their own sizes, with the spec's classes, and parted into training, \
      validation and test as the spec says. What is written can be imported again.
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption

  @Option(help: ArgumentHelp("What is written.", valueName: "layout"))
  var to: DataExportTarget

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The folder to make.", valueName: "folder"), completion: .directory)
  var output: String

  @Flag(help: "Replace a folder that this command made.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  private struct Report: Encodable {
    let folder: String
    let layout: String
    let images: [String: Int]
    let notes: [String]

    func text() -> String {
      var facts = FactList()
      facts.add("folder", folder)
      facts.add("layout", layout)
      let parts = ["train", "val", "test"].compactMap { part in
        images[part].map { "\(Units.count($0)) for \(part)" }
      }
      facts.add("images", parts.joined(separator: ", "))
      for note in notes { facts.add("note", note) }
      return facts.text()
    }
  }

  @OptionGroup var color: ColorOption

  func run() throws {
    let plan = try spec.beginningPlan(results.folder)
    try plan.requireImages(for: "export-data")
    let trial = plan.trials[0]
    let export = DataExport(
      spec: trial.spec, configuration: trial.dataConfiguration(results: results.store.root),
      seed: trial.record.seed, format: to.format)
    var progress = ApplicationProgress(Screen.standardError(), label: to.format.name)
    defer { progress.finish() }
    let folder = WholeFolder(output, recordFile: "export.json", replaces: force)
    let record = [
      "layout": to.format.name, "experiment": plan.experiment, "program": Program.version,
    ]
    let (counts, notes) = try folder.write(record) { partial in
      try export.write(to: partial) { done, all in
        progress.show("exporting", done: done, of: all, "image")
      }
    }
    let report = Report(folder: output, layout: to.format.name, images: counts, notes: notes)
    print(try json ? JSONOutput.text(report) : report.text())
  }
}
