import ArgumentParser
import Foundation
import Tracking

/// Writes the network of a run for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the network of a run, its weights or its values for other programs.",
    discussion: """
      experiments export quickstart/1 --to onnx
      experiments export @best:camvid --to onnx --output labels --normalize -o camvid.onnx
      experiments export @best:camvid --to safetensors --names torchvision

      \(ExportFormats.list)

      The input 'image' of a model is N × C × H × W in 32-bit floats, and its outputs are the heads of \
      the network. Images of other sizes than the trained one are taken where nothing in the network \
      depends on the size; the command says so. Names of classes, mean and standard deviation are in \
      the model's metadata.

      What is written is read again and compared before the command ends.
      """)

  @Argument(
    help: "The run: an id, experiment/number, experiment/name, @last or @best:experiment.",
    completion: .runs)
  var selector: String

  @Option(help: ArgumentHelp("What is written.", valueName: "format"))
  var to: ExportTarget

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      """
      The file or folder to write; by default EXPERIMENT-NUMBER in this folder, with the format's \
      ending.
      """,
      valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Replace what is there.")
  var force = false

  @OptionGroup var options: ExportOptions

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws { try options.check(for: to.format) }

  func run() throws {
    let run = try results.run(selector, filter)
    let file = self.file ?? "\(run.experiment)-\(run.number)\(to.format.ending)"
    guard force || !FileManager.default.fileExists(atPath: file) else {
      throw Failure(
        .usage, "error: \(file) is there already: name another file with -o, or add --force")
    }
    let report = try to.format.export(
      ExportRequest(
        run: run, store: results.store, file: file, options: options, replaces: force))
    print(try json ? JSONOutput.text(report) : report.text())
  }
}
