/// The program's page of the manual, `experiments(1)`: every command with its arguments, exit
/// statuses, variables and files. `make install` writes it.
struct ManualPage {
  let program: CommandInfo
  let version: String

  /// In the man macros that every `man` reads.
  var source: String {
    var roff = Roff()
    let name = program.commandName
    roff.macro("TH", [name.uppercased(), "1", "", "\(name) \(version)", "User Commands"])
    roff.section("NAME")
    roff.text("\(name) \\- \(Roff.escaped(program.abstract ?? ""))")
    roff.section("SYNOPSIS")
    roff.text("\\fB\(name)\\fR \\fIcommand\\fR [\\fIarguments\\fR]")
    roff.section("DESCRIPTION")
    roff.paragraphs(program.discussion ?? "")
    roff.section("GENERAL OPTIONS")
    for argument in program.arguments ?? [] where argument.shouldDisplay {
      write(argument, to: &roff)
    }
    roff.section("COMMANDS")
    for command in program.subcommands ?? [] where command.shouldDisplay && !isHelp(command) {
      write(command, to: &roff)
    }
    roff.section("EXIT STATUS")
    for status in ExitStatus.allCases { roff.item("\(status.rawValue)", status.meaning) }
    roff.section("ENVIRONMENT")
    for (name, meaning) in Self.variables { roff.item(name, meaning) }
    roff.section("FILES")
    for (path, meaning) in Self.files { roff.item(path, meaning) }
    return roff.source
  }

  private func isHelp(_ command: CommandInfo) -> Bool { command.commandName == "help" }

  private func write(_ command: CommandInfo, to roff: inout Roff) {
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isGeneral }
    roff.subsection("\(program.commandName) \(command.commandName)")
    let usage = ["\\fB\(command.commandName)\\fR"] + arguments.map(\.usage)
    roff.text("\\fB\(program.commandName)\\fR " + usage.joined(separator: " "))
    roff.paragraphs(command.abstract ?? "")
    roff.paragraphs(command.discussion ?? "")
    for argument in arguments { write(argument, to: &roff) }
  }

  private func write(_ argument: CommandInfo.Argument, to roff: inout Roff) {
    let standard = argument.defaultValue.map { " Default: \($0)." } ?? ""
    let text = [argument.abstract, argument.discussion].compactMap(\.self).joined(separator: " ")
    roff.item(markedUp: argument.title, text + standard)
  }

  private static let variables = [
    (
      "EXPERIMENTS_RESULTS",
      "The folder of the records, where the option --results does not name one."
    ),
    ("COLUMNS", "The width of tables and text, where the output is no terminal."),
    ("NO_COLOR", "Any value turns colors and bold type off, unless --color says otherwise."),
    (
      "CLICOLOR_FORCE",
      "Any value but 0 turns them on where the output is no terminal; FORCE_COLOR does the same."
    ),
    ("CLICOLOR", "0 turns them off on a terminal."),
    ("XDG_CACHE_HOME", "The folder of the program's cache; by default ~/.cache."),
  ]

  private static let files = [
    ("results/", "The records: one folder for each experiment, one folder in it for each run."),
    (
      "~/.cache/experiments/",
      "Digests of data that was read, and the fastest algorithms of this machine. It may be deleted."
    ),
  ]
}

extension CommandInfo.Argument {
  /// `--jobs` and `jobs`, marked up.
  private var parts: (names: String, value: String) {
    let names = (names ?? []).map { "\\fB\(Roff.escaped($0.typed))\\fR" }.joined(separator: ", ")
    return (names, kind == .flag ? "" : "\\fI\(Roff.escaped(valueName ?? "value"))\\fR")
  }

  /// `--jobs jobs`.
  fileprivate var title: String {
    [parts.names, parts.value].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// `[--jobs jobs]`.
  fileprivate var usage: String {
    let repeated = title + (isRepeating ? " ..." : "")
    return isOptional ? "[\(repeated)]" : repeated
  }
}
