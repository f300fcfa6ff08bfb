import Testing

@testable import Experiments

@Suite("The manual page")
struct ManualPageTests {
  @Test("it has every command that help shows, with every option")
  func complete() throws {
    let program = try CommandInfo.program(dump: Experiments._dumpHelp())
    let page = ManualPage(program: program, version: "1").source
    for command in program.subcommands ?? [] {
      let isShown = page.contains(".SS \"experiments \(Roff.escaped(command.commandName))\"")
      #expect(isShown == (command.shouldDisplay && command.commandName != "help"))
      for argument in command.arguments ?? [] where isShown && argument.shouldDisplay {
        for name in argument.names ?? [] { #expect(page.contains(Roff.escaped(name.typed))) }
      }
    }
    for status in ExitStatus.allCases { #expect(page.contains("\\fB\(status.rawValue)\\fR")) }
  }

  @Test("nothing that a help text says is taken for a macro")
  func escaping() {
    var roff = Roff()
    roff.paragraphs(".hidden 'folders' stay\n\n  a --b\n  c\\d")
    #expect(
      roff.source
        == ".PP\n\\&.hidden \\(aqfolders\\(aq stay\n.PP\n.EX\n  a \\-\\-b\n  c\\ed\n.EE\n")
  }
}
