import ArgumentParser

@main
struct Experiments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "Config-file driven experiments in image segmentation.",
    subcommands: [])
}
