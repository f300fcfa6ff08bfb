@testable import Experiments
import Foundation
import Testing

struct ProcessLookTests {
  @Test("a process that works has had time on a processor, and memory of its own")
  func own() throws {
    let look = try #require(ProcessLook(getpid()))
    #expect(!look.isStopped && look.processorSeconds > 0 && look.memory > 1_000_000)
  }

  @Test("there is nothing to see of a process that is gone")
  func gone() {
    #expect(ProcessLook(pid_t(Int32.max)) == nil)
  }

  @Test("a process that a signal has stopped is seen to be, whatever its name is")
  func stopped() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let own = folder.appendingPathComponent("7")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fields = "T 1 1 1 0 -1 4194304 10 0 0 0 150 50 0 0 20 0 1 0 100"
    try Data("7 (a) R (b) \(fields)\n".utf8).write(to: own.appendingPathComponent("stat"))
    let status = "Name:\ta\nRssAnon:\t  2000 kB\nRssFile:\t  9000 kB\nRssShmem:\t  24 kB\n"
    try Data(status.utf8).write(to: own.appendingPathComponent("status"))
    let look = try #require(ProcessLook(7, system: folder.path))
    #expect(look.isStopped && look.memory == 2024 * 1024)
    #expect(look.processorSeconds == 200 / Double(sysconf(Int32(_SC_CLK_TCK))))
  }
}
