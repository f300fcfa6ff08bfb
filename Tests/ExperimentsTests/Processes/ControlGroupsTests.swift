@testable import Experiments
import Foundation
import Testing
@testable import Tracking

struct ControlGroupsTests {
  @Test("without a limit there is none")
  func none() throws {
    let groups = try Hierarchy(
      membership: "0::/user\n", ["user/memory.max": "max\n", "user/cpu.max": "max 100000\n"])
    #expect(groups.read.cores == nil)
    #expect(groups.read.memory == nil)
    #expect(groups.read.freeMemory == nil)
    #expect(ControlGroups(membership: "", root: "/nowhere").memory == nil)
  }

  @Test("version 2: the narrowest of the groups around the process counts")
  func version2() throws {
    let groups = try Hierarchy(
      membership: "0::/job/step\n",
      [
        "job/memory.max": "8000\n", "job/memory.current": "3000\n",
        "job/memory.stat": "anon 500\ninactive_file 1000\n",
        "job/cpu.max": "150000 100000\n",
        "job/step/memory.max": "9000\n", "job/step/memory.current": "100\n",
        "job/step/cpu.max": "400000 100000\n",
      ])
    #expect(groups.read.cores == 1.5)
    #expect(groups.read.memory == 8000)
    #expect(groups.read.freeMemory == 6000)
  }

  @Test("version 1: controllers have folders of their own")
  func version1() throws {
    let groups = try Hierarchy(
      membership: "5:cpu,cpuacct:/job\n4:memory:/job\n0::/\n",
      [
        "cpu/job/cpu.cfs_quota_us": "200000\n", "cpu/job/cpu.cfs_period_us": "100000\n",
        "cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n",
        "memory/memory.limit_in_bytes": "9223372036854771712\n",
        "memory/job/memory.limit_in_bytes": "5000\n",
        "memory/job/memory.usage_in_bytes": "4000\n",
        "memory/job/memory.stat": "inactive_file 1\ntotal_inactive_file 700\n",
      ])
    #expect(groups.read.cores == 2)
    #expect(groups.read.memory == 5000)
    #expect(groups.read.freeMemory == 1700)
  }

  @Test("a path of the world outside a container means the container's own group")
  func container() throws {
    let groups = try Hierarchy(
      membership: "0::/docker/0123\n", ["memory.max": "4000\n", "memory.current": "5000\n"])
    #expect(groups.read.memory == 4000)
    #expect(groups.read.freeMemory == 0)
  }

  @Test("this machine has cores and memory, and no more of them free than there are")
  func machine() {
    let machine = Machine.current
    #expect(1...machine.cores.count ~= machine.share)
    #expect(machine.cores == machine.cores.sorted())
    #expect(machine.freeMemory > 0)
    #expect(machine.freeMemory <= machine.memory)
    #expect(Machine.bytes("MemFree", in: "MemTotal:  7 kB\nMemFree:   3 kB\n") == 3072)
    #expect(Machine.bytes("Mem", in: "MemTotal:  7 kB\n") == nil)
  }
}

/// Files as the system would show them.
private final class Hierarchy {
  let read: ControlGroups
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent(UUID().uuidString)

  init(membership: String, _ files: [String: String]) throws {
    read = ControlGroups(membership: membership, root: folder.path)
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
