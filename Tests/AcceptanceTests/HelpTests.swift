@testable import Experiments
import Testing

@Suite struct HelpTests {
  @Test("help lists what can be done and says where to begin")
  func help() throws {
    let workplace = try Workplace()
    let help = try workplace.run("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("experiments run experiments/quickstart.yaml"))
    #expect(help.errors.isEmpty)
  }

  @Test("an unknown command is a usage error on standard error")
  func unknownCommand() throws {
    let workplace = try Workplace()
    let transcript = try workplace.run("trian")
    #expect(transcript.status == 64)
    #expect(transcript.output.isEmpty)
    #expect(transcript.errors.contains("trian"))
  }

  @Test("the version is printed")
  func version() throws {
    let workplace = try Workplace()
    let transcript = try workplace.run("--version")
    #expect(transcript.status == 0)
    #expect(transcript.output == "0.1.0\n")
  }
}
