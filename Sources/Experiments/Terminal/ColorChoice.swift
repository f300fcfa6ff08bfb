import ArgumentParser

/// When text has colours.
enum ColorChoice: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// On a terminal, unless the environment says otherwise.
  case auto
  case always, never

  /// Decides by what the command line says, then by the first of the variables that says something:
  /// `NO_COLOR` (https://no-color.org), `CLICOLOR_FORCE` and `FORCE_COLOR`, and for a terminal `TERM` and
  /// `CLICOLOR` (https://bixense.com/clicolors).
  func isOn(isTerminal: Bool, environment: [String: String]) -> Bool {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if isSet("NO_COLOR") { return false }
      if ["CLICOLOR_FORCE", "FORCE_COLOR"].contains(where: { isSet($0) && environment[$0] != "0" })
      {
        return true
      }
      return isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
    }
  }
}

/// Whether what a command prints has colours.
struct ColorOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Colors and bold type: always, never, or auto, which is on a terminal unless NO_COLOR, \
      CLICOLOR_FORCE or CLICOLOR say otherwise.
      """,
      valueName: "when"))
  var color: ColorChoice = .auto
}

/// A command that prints in colours, as far as it lets one choose: the option `--color` of `predict` is about
/// files, and there the environment alone decides.
protocol ColoringCommand: ParsableCommand {
  var color: ColorOption { get }
}
