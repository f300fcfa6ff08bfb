import Foundation
import Testing

@testable import Tracking

@Suite("Scratch stores")
struct ScratchStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("a scratch store is no experiment, and goes with its owner")
  func lifetime() throws {
    var scratch: ScratchStore? = try ScratchStore(for: Samples.id, beside: folder.path)
    try scratch?.store.prepare(Samples.trial(), id: Samples.id)
    #expect(try names().count == 1)
    #expect(try FolderStore(root: folder.path).experiments().isEmpty)
    ScratchStore.removeLeftovers(beside: folder.path)
    #expect(try names().count == 1, "it has an owner")
    withExtendedLifetime(scratch) {}
    scratch = nil
    #expect(try names() == [])
  }

  @Test("what an owner that was killed left is removed, and nothing else")
  func leftovers() throws {
    for name in [".reproduce-0-1/lock", ".reproduce-0-1/tiny/x", "tiny/lock", ".reproduce-mine/x"] {
      let file = URL(fileURLWithPath: "\(folder.path)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: file)
    }
    #expect(symlink(folder.path + "/tiny", folder.path + "/.reproduce-link") == 0)
    ScratchStore.removeLeftovers(beside: folder.path)
    #expect(try names() == [".reproduce-link", ".reproduce-mine", "tiny"])
  }
}
