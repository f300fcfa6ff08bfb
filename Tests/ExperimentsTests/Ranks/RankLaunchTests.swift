@testable import Experiments
import Foundation
import Testing

@Suite struct RankLaunchTests {
  @Test("a rank begins with the variables that decide bits, on other machines too")
  func options() {
    let environment = WorkerEnvironment.launch(threads: 3, inheriting: ["HOME": "/root"])
    let options = RankLaunch.options(ranks: 4, environment: environment, isRoot: false)
    #expect(Array(options.prefix(2)) == ["-np", "4"])
    let passed = zip(options, options.dropFirst()).filter { $0.0 == "-x" }.map(\.1)
    #expect(Set(passed).isSuperset(of: WorkerEnvironment.variables(threads: 3).keys))
    #expect(!passed.contains("HOME"))
    #expect(!options.contains("--allow-run-as-root"))
    #expect(
      RankLaunch.options(ranks: 4, environment: environment, isRoot: true)
        .contains("--allow-run-as-root"))
  }

  @Test("mpirun tells of a signal as shells do")
  func ends() {
    #expect(ChildProcess.End.exited(137).ofRank == .signalled(9))
    #expect(ChildProcess.End.exited(139).ofRank == .signalled(11))
    #expect(ChildProcess.End.exited(71).ofRank == .exited(71))
    #expect(ChildProcess.End.exited(255).ofRank == .exited(255))
    #expect(ChildProcess.End.signalled(15).ofRank == .signalled(15))
  }

  @Test("a process and its children are looked at together")
  func family() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    func process(_ number: Int, parent: Int, state: String, ticks: Int, kilobytes: Int) throws {
      let place = folder.appendingPathComponent("\(number)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let zeros = Array(repeating: "0", count: 9).joined(separator: " ")
      try "\(number) (a b) \(state) \(parent) \(zeros) \(ticks) 0 0\n".write(
        to: place.appendingPathComponent("stat"), atomically: true, encoding: .utf8)
      try "RssAnon:\t\(kilobytes) kB\n".write(
        to: place.appendingPathComponent("status"), atomically: true, encoding: .utf8)
    }
    try process(10, parent: 1, state: "S", ticks: 100, kilobytes: 1)
    try process(11, parent: 10, state: "R", ticks: 200, kilobytes: 7)
    try process(12, parent: 11, state: "R", ticks: 400, kilobytes: 5)
    try process(13, parent: 1, state: "T", ticks: 800, kilobytes: 9)
    let look = try #require(ProcessLook(family: 10, system: folder.path))
    #expect(look == ProcessLook(processorSeconds: 7, memory: 7 * 1024))
    #expect(ProcessLook(family: 14, system: folder.path) == nil)
  }
}
