import ArgumentParser
import Tracking

/// Gives runs tags, takes them away, or lists them.
struct TagCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Give runs tags, take them away, or list them.",
    discussion: """
      experiments tag camvid/3 --add baseline
      experiments tag camvid --add paper --add v2 --remove draft
      experiments tag camvid/3
      experiments tag

      A tag is one word and decides nothing of a run: runs that have ended may be given others. \
      Without --add and --remove the runs' labels are shown, and without runs all tags.
      """)

  @Argument(help: "The runs; default: all, of which the tags are listed.", completion: .runs)
  var selectors: [String] = []

  @Option(
    name: [.short, .long], parsing: .singleValue,
    help: ArgumentHelp("Give the runs this tag. May be repeated.", valueName: "tag"),
    completion: .tags)
  var add: [String] = []

  @Option(
    name: [.short, .long], parsing: .singleValue,
    help: ArgumentHelp("Take this tag away. May be repeated.", valueName: "tag"),
    completion: .tags)
  var remove: [String] = []

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    if selectors.isEmpty, !add.isEmpty || !remove.isEmpty {
      throw ValidationError("name the runs: experiments tag RUN --add TAG")
    }
  }

  func run() throws {
    let runs = try results.runs(selectors, filter)
    guard !selectors.isEmpty else {
      let table = TagTable(runs)
      return print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
    }
    let change = try LabelChange.tags(adding: add, removing: remove)
    let isChange = !add.isEmpty || !remove.isEmpty
    let labelled = try isChange ? results.label(runs, change) : runs
    for run in labelled {
      for tag in remove where run.trial.tags.contains(tag) {
        Screen.standardError().printWrapped(
          "warning: \(run.name) still has the tag '\(tag.printable)': it is one of the spec's")
      }
    }
    let table = LabelTable(labelled)
    print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
  }
}

extension ResultsOption {
  /// The same runs with their labels after the change.
  func label(_ runs: [RunRecord], _ change: LabelChange) throws -> [RunRecord] {
    try runs.map { run in
      var run = run
      run.labels = try store.label(run.id, experiment: run.experiment, change)
      return run
    }
  }
}
