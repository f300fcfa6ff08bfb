@testable import Experiments
import Foundation
import Testing

struct MemoryGroupTests {
  /// A folder in the place of the system's.
  private func hierarchy(_ membership: String, _ files: [String: String]) throws -> ControlGroups {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    for (name, text) in files {
      let file = root.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return ControlGroups(membership: membership, root: root.path)
  }

  @Test("in version 1 groups are made within the process's own, even where version 2 is there too")
  func version1() throws {
    let groups = try hierarchy(
      "4:memory:/job\n0::/\n",
      ["memory/memory.limit_in_bytes": "9\n", "memory/job/memory.limit_in_bytes": "9\n"])
    let parent = try #require(groups.parentOfMemoryGroups)
    #expect(parent.isVersion1 && parent.folder.hasSuffix("/memory/job"))
  }

  @Test("in version 2 they are made beside it, where that evades no limit")
  func version2() throws {
    func parent(_ more: [String: String]) throws -> String? {
      let files = [
        "app/cgroup.subtree_control": "cpu memory pids\n", "app/own/memory.max": "max\n",
      ].merging(more) { $1 }
      return try hierarchy("0::/app/own\n", files).parentOfMemoryGroups?.folder
    }
    #expect(try parent([:])?.hasSuffix("/app") == true)
    #expect(try parent(["app/own/memory.max": "1000\n"]) == nil)
    #expect(try parent(["app/own/cpu.max": "100000 100000\n"]) == nil)
    #expect(try parent(["app/cgroup.subtree_control": "cpu pids\n"]) == nil)
  }

  @Test("the processes that the kernel has ended for their memory are counted")
  func counts() throws {
    let groups = try hierarchy(
      "4:memory:/job\n0::/\n",
      [
        "memory/job/memory.limit_in_bytes": "9\n",
        "memory/job/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n",
        "memory.events": "low 0\noom 1\noom_kill 2\noom_group_kill 0\n",
      ])
    let kills = MemoryKills(files: groups.memoryKillFiles + ["/nowhere"])
    #expect(kills.counts.sorted() == [0, 2, 3])
  }
}
