import ArgumentParser
internal import DataLayouts

/// Brings a data set of one layout into a folder of its own.
struct ImportLayoutCommand<Layout: DataLayout>: ColoringCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Layout.name, abstract: "Import \(Layout.about).",
      discussion: """
        experiments import \(Layout.name) FOLDER -o data/mine
        experiments check data/mine/mine.yaml

        \(Layout.description)
        """)
  }

  @Argument(help: "The folder with images and annotations.", completion: .directory)
  var folder: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The folder to make.", valueName: "folder"), completion: .directory)
  var output: String

  @OptionGroup var options: DataImportOptions

  @Flag(help: "Replace a folder that an import made.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func run() throws {
    let options = try options.layoutOptions(for: Layout.self)
    try DataSetImport(
      source: SourceFolder(folder), layout: Layout.self, options: options, destination: output,
      replaces: force
    ).run(Screen.standardError()).say(json: json)
  }
}

extension DataSetReport {
  func say(json: Bool) throws {
    let screen = Screen.standardError()
    for warning in warnings { screen.printWrapped("warning: \(warning.printable)") }
    print(try json ? JSONOutput.text(self) : text())
  }
}
