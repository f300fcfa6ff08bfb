import ArgumentParser
import Foundation
import Tracking

/// Writes the network of a run, or what was measured of runs, for other programs.
struct ExportCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the network of a run, or what was measured of runs, for other programs.",
    discussion: """
      experiments export quickstart/1 --to onnx
      experiments export @best:camvid --to onnx --output labels --normalize -o camvid.onnx
      experiments export @best:camvid --to safetensors --names torchvision
      experiments export camvid --to tensorboard -o camvid.tensorboard
      experiments export camvid --to mlflow --url http://127.0.0.1:5000

      \(ExportFormats.list)

      tensorboard, mlflow, bundle, csv and json take any number of runs, the others one.

      The input 'image' of a model is N × C × H × W in 32-bit floats, and its outputs are the heads of \
      the network. Images of other sizes than the trained one are taken where nothing in the network \
      depends on the size; the command says so. Names of classes, mean and standard deviation are in \
      the model's metadata.

      What is written is read again and compared before the command ends.
      """)

  @Argument(
    help:
      "Which runs: ids, experiments, experiment/number, experiment/name, @last, @best:experiment.",
    completion: .runs)
  var selectors: [String]

  @Option(help: ArgumentHelp("What is written.", valueName: "format"))
  var to: ExportTarget

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      """
      The file or folder to write; by default EXPERIMENT-NUMBER, or EXPERIMENT where runs are several, \
      in this folder, with the format's ending.
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

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard !selectors.isEmpty else { throw ValidationError("name a run, or several") }
    try options.check(for: to.format)
    if file != nil, options.url != nil {
      throw ValidationError("-o names a folder, --url a server: write one of them")
    }
  }

  func run() throws {
    let runs = try subjects()
    let name =
      runs.count == 1
      ? "\(runs[0].experiment)-\(runs[0].number)"
      : Set(runs.map(\.experiment)).count == 1 ? runs[0].experiment : "runs"
    let file = self.file ?? options.url ?? "\(name)\(to.format.ending)"
    guard force || options.url != nil || !FileManager.default.fileExists(atPath: file) else {
      throw Failure(
        .usage, "error: \(file) is there already: name another file with -o, or add --force")
    }
    let report = try to.format.export(
      ExportRequest(
        runs: runs, store: results.store, file: file, options: options, replaces: force))
    print(try json ? JSONOutput.text(report) : report.text())
  }

  private func subjects() throws -> [RunRecord] {
    guard !to.format.takesSeveral else { return try results.runs(selectors, filter) }
    guard selectors.count == 1 else {
      throw Failure(.usage, "error: --to \(to.format.name) takes one run: name one")
    }
    return [try results.run(selectors[0], filter)]
  }
}
