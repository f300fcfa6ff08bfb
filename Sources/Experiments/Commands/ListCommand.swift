import ArgumentParser
import Tracking

/// Lists recorded runs, a line each.
struct ListCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List recorded runs.",
    discussion: """
      experiments ls
      experiments ls quickstart
      experiments ls 'cam*' --top 10
      experiments ls --where 'max(mean_iou) > 0.6 and tag == baseline' --sort -started
      experiments ls camvid --columns 'max(mean_iou), epoch @ best(mean_iou), base_lr, seconds'
      experiments ls --trash

      The first column is the name that selects the run in every command. After an edit of the spec \
      a number is the new trial's; older runs are named by the beginning of their id. What runs can be \
      listed by is in Documentation/Select-runs.md.
      """)

  @Argument(
    help:
      "Which runs: ids, experiments, experiment/3-7, cam*, tag:NAME, @last, @best:experiment; default: all.",
    completion: .runs
  )
  var selectors: [String] = []

  @Flag(help: "List the runs that were removed and can be restored.")
  var trash = false

  @OptionGroup var filter: FilterOption

  @OptionGroup var order: OrderOptions

  @Option(
    help: ArgumentHelp(
      """
      Show these values instead: metrics as max(mean_iou), last(loss), loss @ best(mean_iou), \
      iou.car; facts as seconds, host, commit; settings as base_lr.
      """,
      valueName: "values"))
  var columns: String?

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func run() throws {
    if trash {
      let table = TrashTable(try results.trashed(selectors), folder: results.folder.absolutePath)
      return print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
    }
    let selected = try results.select(selectors, filter) { try order.apply(to: $0) }
    let runs = selected.runs
    let values = try columns.map { try RunValue.list($0, source: "--columns") }
    let table = RunTable(
      runs, strays: selected.strays, warnings: selected.warnings,
      columns: try values.map { try RunColumns($0, of: runs) })
    if json {
      let screen = Screen.standardError()
      for warning in table.warnings { screen.printWrapped("warning: \(warning.printable)") }
    }
    print(
      try json
        ? JSONOutput.text(table.rows)
        : table.text(folder: results.folder.absolutePath, style: .output))
  }
}
