import ArgumentParser
internal import Datasets

@main
struct Experiments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "Config-file driven experiments in image segmentation.",
    discussion: """
      Write a YAML file, then:

        experiments check experiments/quickstart.yaml   is it right, at what cost?
        experiments plan experiments/quickstart.yaml    which trials will run?
        experiments preview experiments/quickstart.yaml what will the network be shown?
        experiments run experiments/quickstart.yaml     train them, then compare
        experiments reproduce quickstart/1              train again: the same bytes?

      Everything is recorded in plain folders under results/. Exit status: 0 done, 1 a trial \
      failed, 2 a reproduction differs, 3 nothing matched, 64 usage, 65 bad spec or data, \
      74 damaged record or I/O, 75 interrupted: the same command continues.
      """,
    version: Program.version,
    subcommands: [
      ManualCommand.self, WorkerCommand.self, ProbeCommand.self, SlurmTaskCommand.self,
    ],
    groupedSubcommands: [
      CommandGroup(
        name: "Planning",
        subcommands: [
          InitCommand.self, DeepDetectCommand.self, DataCommand.self, CheckCommand.self,
          ConfigCommand.self,
          PlanCommand.self,
          PreviewCommand.self, NetworkCommand.self, WeightsCommand.self, ComponentsCommand.self,
          ExplainCommand.self,
          SchemaCommand.self, LRRangeCommand.self, BenchCommand.self, WeakLabelsCommand.self,
        ]),
      CommandGroup(
        name: "Training",
        subcommands: [
          RunCommand.self, StopCommand.self, WatchCommand.self, LogsCommand.self,
          ReproduceCommand.self,
        ]),
      CommandGroup(
        name: "Comparing",
        subcommands: [
          ListCommand.self, ShowCommand.self, CompareCommand.self, DiffCommand.self,
          PlotCommand.self, PreviewsCommand.self, ReportCommand.self, ServeCommand.self,
        ]),
      CommandGroup(
        name: "Record-keeping",
        subcommands: [
          TagCommand.self, NoteCommand.self, NameCommand.self, RemoveCommand.self,
          RestoreCommand.self, CollectCommand.self, VerifyCommand.self, PackCommand.self,
          UnpackCommand.self, ImportCommand.self,
        ]),
      CommandGroup(
        name: "Application",
        subcommands: [
          EvaluateCommand.self, PredictCommand.self, ExportCommand.self, ExportDataCommand.self,
        ]),
    ])

  private static let maximumArguments = 10_000

  static func main() {
    StandardStreams.open()
    Interrupts.ignoreBrokenPipes()
    ExitStatus.exit {
      do {
        // The parser looks at each of them again and again.
        guard CommandLine.arguments.count <= maximumArguments else {
          throw Failure(
            .usage,
            "error: \(CommandLine.arguments.count) arguments, and \(maximumArguments) are the most: "
              + "write values into the spec instead of --set, and name experiments instead of runs")
        }
        var command = try parseAsRoot()
        // What a worker dies of ends one run; everybody else has files of strangers looked at first.
        let isAlone = command is WorkerCommand || command is ProbeCommand
        let color = (command as? any ColoringCommand)?.color.color ?? .auto
        try VolumeProbe.$current.withValue(isAlone ? nil : VolumeProcess.probe) {
          try Style.$choice.withValue(color) { try command.run() }
        }
      } catch {
        try JSONErrors.print(error)
      }
    }
  }
}
