import ArgumentParser

/// Trains what a job array leaves to one of its tasks; started by Slurm.
struct SlurmTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: SlurmTask.command, abstract: "Train trials as a task of a Slurm job array.",
    shouldDisplay: false)

  @Option(help: "The folder of what was submitted.")
  var launch: String

  func run() throws {
    let status = try SlurmTask(stored: SlurmLaunch.read(launch)).run(on: .standardError())
    if status != .done { throw Failure(status) }
  }
}
