import ArgumentParser

/// Prints the program's page of the manual; `make install` puts it in its place.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the source of the manual page.", shouldDisplay: false)

  func run() throws {
    let page = ManualPage(
      program: try CommandInfo.program(dump: Experiments._dumpHelp()),
      version: Experiments.configuration.version)
    print(page.source, terminator: "")
  }
}
