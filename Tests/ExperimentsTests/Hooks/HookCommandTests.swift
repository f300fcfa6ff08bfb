import Foundation
import Testing

@testable import Experiments

@Suite("Programs to be run when trials end")
struct HookCommandTests {
  @Test("words are split at blanks, quotes hold them together, and nothing is expanded")
  func words() {
    #expect(HookCommand.words("a  b\tc") == ["a", "b", "c"])
    #expect(HookCommand.words(#"a 'b c' "d 'e'" f\ g"#) == ["a", "b c", "d 'e'", "f g"])
    #expect(HookCommand.words(#"'a\b' "a\"b" '' "#) == [#"a\b"#, #"a"b"#, ""])
    #expect(
      HookCommand.words("$HOME * | a > b; `c`") == ["$HOME", "*", "|", "a", ">", "b;", "`c`"])
    #expect(HookCommand.words("a 'b") == nil)
    #expect(HookCommand.words(#"a\"#) == nil)
    #expect(HookCommand.words("  ") == [])
  }

  @Test("a program is found in $PATH or by its path, and a list may stand for words")
  func programs() throws {
    let command = try HookCommand("sh -c 'exit 3'", option: "--on-finish", path: "/usr/bin:/bin")
    #expect(command.program.hasSuffix("/sh"))
    #expect(command.arguments == ["-c", "exit 3"])
    let list = try HookCommand(#" ["/bin/sh", "a b"]"#, option: "--on-finish")
    #expect(list.program == "/bin/sh" && list.arguments == ["a b"])
  }

  @Test(
    "what is no program is a usage error before anything is trained",
    arguments: ["", "no-such-program-anywhere", "/etc/passwd", "/tmp", "[1]", "'a"])
  func refused(_ text: String) {
    let error = #expect(throws: Failure.self) { try HookCommand(text, option: "--on-finish") }
    #expect(error?.status == .usage)
    #expect(error?.message?.hasPrefix("error: --on-finish: ") == true)
  }

  private func process(_ script: String, seconds: Double = 60, input: String = "") throws -> String?
  {
    let command = try HookCommand.script(script)
    return HookProcess(
      command: command, input: input, environment: ["EXPERIMENTS_STATUS": "finished"],
      seconds: seconds
    ).run()
  }

  @Test("a hook reads its input, may leave it, and is told by its status and last words")
  func lives() throws {
    let long = String(repeating: "x", count: 1 << 20)
    #expect(try process("test $(wc -c) = 1048576", input: long) == nil)
    #expect(try process("exit 0", input: long) == nil)
    #expect(try process("echo early; echo late >&2; exit 3") == "it ended with status 3: late")
    #expect(try process("kill -9 $$") == "it was killed by signal 9")
    #expect(try process("test $EXPERIMENTS_STATUS = finished") == nil)
  }

  @Test("a hook that does not end is ended, with what it has started")
  func timeLimit() throws {
    let words = try process("echo waiting; sleep 600 & wait", seconds: 0.2)
    #expect(words == "it took longer than 0.2 s and was ended: waiting")
  }

  @Test("a hook gets no more of the environment than it needs")
  func environment() throws {
    setenv("EXPERIMENTS_TEST_SECRET", "1", 1)
    defer { unsetenv("EXPERIMENTS_TEST_SECRET") }
    #expect(try process("test -z \"$EXPERIMENTS_TEST_SECRET\" && test -n \"$PATH\"") == nil)
  }
}

extension HookCommand {
  fileprivate static func script(_ text: String) throws -> HookCommand {
    let list = try JSONEncoder().encode(["/bin/sh", "-c", text])
    return try HookCommand(String(decoding: list, as: UTF8.self), option: "--on-finish")
  }
}
