import ArgumentParser
import Tracking

/// Takes runs that another program recorded among the records.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take runs of TensorBoard, MLflow, Neptune or a bundle among the records.",
    discussion: """
      experiments import logs/ --as baseline
      experiments import mlruns --series val_jaccard=validation.mean_iou
      experiments import http://127.0.0.1:5000 --from mlflow
      experiments import camvid.bundle.h5

      \(ImportFormats.list)

      Imported runs are compared, shown and exported like others. They have no weights and no spec that \
      could be trained, so that nothing continues, reproduces or predicts with them; those of a bundle are \
      the records that they were. Metrics that say the same in other words get the same name: val/mIoU, \
      val_miou and mIoU/val are validation.mean_iou.
      """)

  @Argument(
    help: "The file, the folder or the address that the runs are read from.", completion: .file())
  var source: String

  @Option(
    help: ArgumentHelp("What it is; looked at if not given.", valueName: "format"))
  var from: ImportSource?

  @OptionGroup var options: ImportOptions

  @Flag(help: "Replace imported runs that are there with what is read now.")
  var force = false

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws { if let from { try options.check(for: from.format) } }

  func run() throws {
    let format = try from?.format ?? ImportFormats.recognized(source)
    try options.check(for: format)
    let contents = try format.read(source, options)
    var report = ImportReport(source: source, format: format.name)
    try Importer(store: results.store, replaces: force).take(contents, into: &report)
    let screen = Screen.standardError()
    for warning in report.warnings { screen.printWrapped("warning: \(warning.printable)") }
    print(try json ? JSONOutput.text(report) : report.text())
  }
}
