import ArgumentParser
internal import DataLayouts
import Tracking

/// Takes runs that another program recorded among the records; with `-o`, a data set whose layout nobody
/// names.
struct ImportSourceCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "source",
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

      With -o the source is a data set, whose layout is looked at.
      """)

  @Argument(
    help: "The file, the folder or the address that the runs are read from.", completion: .file())
  var source: String

  @Option(
    help: ArgumentHelp("What it is; looked at if not given.", valueName: "format"))
  var from: ImportSource?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The folder to make of a data set.", valueName: "folder"),
    completion: .directory)
  var output: String?

  @OptionGroup var options: ImportOptions

  @Flag(help: "Replace imported runs, or the folder of an import, with what is read now.")
  var force = false

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    if let from { try options.check(for: from.format) }
    guard output != nil else { return }
    if from != nil {
      throw ValidationError("--from is of runs, -o of data sets: write one of them")
    }
    if let other = options.given.map(\.rawValue).sorted().first {
      throw ValidationError("\(other) means nothing to data sets: leave it out")
    }
  }

  func run() throws {
    if let output { return try importDataSet(to: output) }
    if from == nil, !ImportFormats.all.contains(where: { $0.recognizes(source) }),
      let advice = SourceRecognition.advice(source)
    {
      throw Failure(.usage, advice)
    }
    let format = try from?.format ?? ImportFormats.recognized(source)
    try options.check(for: format)
    let contents = try format.read(source, options)
    var report = ImportReport(source: source, format: format.name)
    try Importer(store: results.store, replaces: force).take(contents, into: &report)
    let screen = Screen.standardError()
    for warning in report.warnings { screen.printWrapped("warning: \(warning.printable)") }
    print(try json ? JSONOutput.text(report) : report.text())
  }

  private func importDataSet(to output: String) throws {
    let folder = SourceFolder(source)
    try DataSetImport(
      source: folder, layout: SourceRecognition.layout(of: folder), options: LayoutOptions(),
      destination: output, replaces: force
    ).run(Screen.standardError()).say(json: json)
  }
}
