import ArgumentParser
internal import DataLayouts

/// Takes what other programs made: data sets to train on, and runs to compare with.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take data sets of other tools and runs of other trackers.",
    discussion: """
      experiments import coco ~/cells -o data/cells
      experiments import ~/cells -o data/cells
      experiments import logs/ --as baseline
      experiments import mlruns --series val_jaccard=validation.mean_iou

      A data set becomes a folder with lists, a class file, the masks that have to be drawn and a spec to \
      begin with; images stay where they are. Where no layout is named the folder is looked at.

      Runs are those of TensorBoard, MLflow, Neptune or a bundle: experiments import source --help.
      """,
    groupedSubcommands: [
      CommandGroup(name: "Data Set", subcommands: DataLayouts.all.map { command(of: $0) }),
      CommandGroup(name: "Run", subcommands: [ImportSourceCommand.self]),
    ],
    defaultSubcommand: ImportSourceCommand.self)

  private static func command<Layout: DataLayout>(
    of layout: Layout.Type
  ) -> any ParsableCommand.Type {
    ImportLayoutCommand<Layout>.self
  }
}
