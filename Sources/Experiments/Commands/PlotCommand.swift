import ArgumentParser
import Tracking

/// Draws charts of runs.
struct PlotCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a chart of runs, into a file or in the terminal.",
    discussion: """
      experiments plot curves quickstart
      experiments plot curves quickstart -o curves.svg
      experiments plot curves camvid --metric iou.car --smooth 0.6 -o car.png
      experiments plot scatter camvid --across seconds -o cost.pdf
      experiments plot images camvid -o worst.png --theme dark
      experiments plot curves camvid --format vega -o curves.vl.json
      experiments plot slices camvid --where 'status == finished and base_lr < 1e-2'
      experiments plot confusion camvid --order similarity
      experiments plot classes camvid --vs camvid/1

      The charts:

      \(Self.list)

      Values are those of tables: the objective of each run at its best evaluation unless --metric says \
      otherwise. Files end in \(FigureFile.Kind.endings), unless --format says what they are; equal records give equal \
      files. A CSV has the numbers that are drawn, and JSON is a specification of Vega-Lite with them inside. \
      Without -o a format that is text is printed, and without --format the chart \
      is drawn in characters, as wide as the terminal, 40 to 200 columns.
      """)

  private static var list: String {
    let width = Charts.names.map(\.count).max() ?? 0
    return Charts.all.map { chart in
      let padding = String(repeating: " ", count: width - chart.name.count)
      return "  \(chart.name)\(padding)  \(chart.about)"
    }.joined(separator: "\n")
  }

  @Argument(
    help: ArgumentHelp("The chart, one of those above.", valueName: "chart"),
    completion: .list(Charts.names))
  var kind: String

  @Argument(help: "The experiments or runs.", completion: .runs)
  var selectors: [String]

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write: \(FigureFile.Kind.endings).", valueName: "file"),
    completion: .file(extensions: FigureFile.Kind.allCases.map(\.ending)))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What is written: \(FigureFile.Kind.names); default: what the name of the file ends in.",
      valueName: "format"))
  var format: FigureFile.Kind?

  @Option(
    help: ArgumentHelp(
      "What is plotted: mean_iou, iou.car, max(mean_iou), validation.loss; default: the objective.",
      valueName: "value"))
  var metric: String?

  @Option(
    help: ArgumentHelp(
      "What stands along x of scatter: seconds, solver.base_lr or any value; default: time.",
      valueName: "value"))
  var across: String?

  @Option(
    help: ArgumentHelp(
      "Smooth curves for the eye, 0 to below 1; what was measured stays behind them.",
      valueName: "weight"))
  var smooth = 0.0

  @Option(
    help: ArgumentHelp(
      """
      The order of the classes of confusion: spec, or similarity, which puts classes side by side that are \
      taken for each other: a chain from the two that are so most often, which grows at its ends.
      """,
      valueName: "order"))
  var order = ClassOrder.spec

  @Option(
    help: ArgumentHelp(
      "The point that classes holds the best one against; default: the first of the sweep.",
      valueName: "selector"), completion: .runs)
  var vs: String?

  @Option(help: "How many images are shown at most.")
  var images = 6

  @Option(
    help: "The colors of a file: \(Theme.allCases.map(\.rawValue).joined(separator: " or ")).")
  var theme: Theme = .light

  @OptionGroup var filter: FilterOption

  @OptionGroup var results: ResultsOption

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard let chart = Charts.named(kind) else {
      let nearest = NearestNames.of(kind, among: Charts.names).map { "'\($0)'" }
      throw ValidationError(
        "there is no chart '\(kind)'"
          + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: " or "))?")
          + " The charts are \(Charts.names.joined(separator: ", ")).")
    }
    guard (0..<1).contains(smooth) else {
      throw ValidationError("--smooth must be from 0 to below 1, not \(smooth)")
    }
    guard smooth == 0 || chart is LearningCurves else {
      throw ValidationError("--smooth is for curves: \(kind) shows what was measured")
    }
    guard across == nil || chart is CostScatter else {
      throw ValidationError("--across is for scatter: \(kind) has its own axis of x")
    }
    guard order == .spec || chart is ConfusionChart else {
      throw ValidationError("--order is for confusion: \(kind) has its own order")
    }
    guard vs == nil || chart is ClassBars else {
      throw ValidationError("--vs is for classes: \(kind) shows points as they are")
    }
    guard (1...100).contains(images) else {
      throw ValidationError("--images must be in 1…100, not \(images)")
    }
    if let output, format == nil, FigureFile(output) == nil {
      throw ValidationError(
        "--output \(output): name a file that ends in \(FigureFile.Kind.endings), or say --format")
    }
    if let format, output == nil, !format.isText {
      throw ValidationError("--format \(format.rawValue): name the file with -o")
    }
    if output == nil, format == nil, !chart.suitsTerminals {
      throw ValidationError(
        "\(kind) needs more than characters: experiments plot \(kind) "
          + "\(selectors.map(ShellWord.quoted).joined(separator: " ")) -o \(kind).svg writes it")
    }
  }

  func run() throws {
    guard let chart = Charts.named(kind) else { return }
    let catalogue = try results.indexedCatalogue()
    var selected = try results.select(selectors, filter, from: catalogue)
    for experiment in Set(selected.runs.map(\.experiment)).sorted() {
      guard let warning = selected.warnings[experiment] else { continue }
      Screen.standardError().printWrapped("warning: \(warning.printable)")
    }
    let baseline = try vs.map { try Selector.select([$0], from: catalogue.runs) } ?? []
    selected.add(baseline)
    let runs = selected.runs.records
    let request = PlotRequest(
      chart: chart, runs: runs, store: results.store, baseline: Set(baseline.map(\.place)),
      classOrder: order,
      value: try metric.map { try RunValue($0, source: "--metric") },
      across: try across.map { try RunValue($0, source: "--across") }, smoothing: smooth,
      images: images)
    let figure = try request.figure
    guard output != nil || format != nil else {
      return print(TextFigure.forTerminal.text(of: figure), terminator: "")
    }
    if let absence = figure.absence {
      throw Failure(.nothingMatched, "error: \(absence.printable)")
    }
    guard var file = format.map({ FigureFile(output ?? "", $0) }) ?? output.flatMap(FigureFile.init)
    else { return }
    file.theme = theme
    guard let output else {
      return print(String(decoding: try file.bytes(of: figure), as: UTF8.self), terminator: "")
    }
    try file.write(figure)
    print("\(output.printable)  \(chart.name) of \(Units.count(runs.count, "run"))")
  }
}

extension Theme: ExpressibleByArgument {}
extension ClassOrder: ExpressibleByArgument {}
extension FigureFile.Kind: ExpressibleByArgument {}
