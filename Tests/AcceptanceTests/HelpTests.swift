@testable import Experiments
import Foundation
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

  /// `make help-texts` writes the file anew; what changed is then to be read there.
  @Test("every command's help is the text that was read and approved")
  func texts() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "HelpTexts.txt")
    let texts = try Self.helpTexts()
    if ProcessInfo.processInfo.environment["EXPERIMENTS_WRITE_HELP"] == "1" {
      try texts.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try texts == String(contentsOf: file, encoding: .utf8))
  }

  /// What `--help` prints, of the program and then of each of its commands in the order of the list.
  private static func helpTexts() throws -> String {
    let workplace = try Workplace()
    let all = try workplace.run("--help").output
    // Behind the heading of the first group; those of the others begin with no blank.
    let list = try #require(all.range(of: "SUBCOMMANDS:\n"))
    let lines = all[list.upperBound...].split(separator: "\n").filter { line in
      line.hasPrefix("  ") && line.dropFirst(2).first?.isLowercase == true
    }
    let commands = lines.map { String($0.split(separator: " ")[0]) }
    #expect(commands.contains("run") && commands.contains("compare"))
    return try commands.reduce(into: "$ experiments --help\n\(all)") { texts, command in
      let help = try workplace.run(command, "--help")
      #expect(help.status == 0 && help.errors.isEmpty, "\(command)")
      texts += "\n$ experiments \(command) --help\n\(help.output)"
    }
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
