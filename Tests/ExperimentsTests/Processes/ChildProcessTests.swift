@testable import Experiments
import Foundation
import Testing
@testable import Tracking

struct ChildProcessTests {
  private enum Heard: Sendable, Equatable {
    case line(String)
    case ended(ChildProcess.End)
  }

  /// What a shell script says, and how it ends.
  private func hear(
    _ script: String, environment: [String: String] = [:],
    whenStarted: (ChildProcess) -> Void = { _ in }
  ) throws -> [Heard] {
    let mailbox = Mailbox<Heard>()
    let child = try ChildProcess.start(
      "/bin/sh", ["-c", script], environment: environment,
      line: { mailbox.post(.line(String(decoding: $0, as: UTF8.self))) },
      ended: { mailbox.post(.ended($0)) })
    whenStarted(child)
    var heard: [Heard] = []
    while true {
      let next = mailbox.receive()
      heard.append(next)
      if case .ended = next { return heard }
    }
  }

  @Test("lines arrive in order, and the exit status after them")
  func lines() throws {
    #expect(
      try hear("echo one; echo two; exit 3")
        == [.line("one"), .line("two"), .ended(.exited(3))])
  }

  @Test("a line that is longer than a pipe's buffer arrives whole")
  func longLine() throws {
    let heard = try hear("head -c 300000 /dev/zero | tr '\\0' x; echo")
    #expect(heard == [.line(String(repeating: "x", count: 300_000)), .ended(.exited(0))])
  }

  @Test("a killed process is told from one that exits")
  func killed() throws {
    #expect(try hear("kill -9 $$") == [.ended(.signalled(SIGKILL))])
    #expect("\(ChildProcess.End.signalled(SIGSEGV))" == "killed by signal 11 (Segmentation fault)")
  }

  @Test("a signal that is sent arrives, although the parent ignores it")
  func signals() throws {
    let heard = try hear("trap 'echo stopping; exit 75' TERM; echo ready; sleep 5 >&- & wait") {
      // The shell may not have set its trap yet: until then the signal would just end it.
      usleep(200_000)
      $0.send(SIGTERM)
    }
    #expect(heard == [.line("ready"), .line("stopping"), .ended(.exited(75))])
  }

  @Test("the environment is what was given and nothing else")
  func environment() throws {
    let heard = try hear("echo $OMP_NUM_THREADS-$HOME", environment: ["OMP_NUM_THREADS": "2"])
    #expect(heard.first == .line("2-"))
  }

  @Test("a program that is not there is an error that names it")
  func missing() {
    #expect {
      try ChildProcess.start(
        "/nowhere/program", [], environment: [:], line: { _ in }, ended: { _ in })
    } throws: {
      "\($0)" == "cannot start /nowhere/program: No such file or directory"
    }
  }
}
