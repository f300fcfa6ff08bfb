import Foundation
import Testing

@testable import Tracking

@Suite("Run lock")
struct RunLockTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/lock" }

  init() throws { folder = try TemporaryFolder() }

  @Test("a lock is held as long as its holder lives, and the error names the holder")
  func lifetime() throws {
    #expect(!RunLock.isHeld(path))
    var lock: RunLock? = try RunLock(path)
    #expect(RunLock.isHeld(path))
    let error = try #require(throws: StoreError.self) { try RunLock(path) }
    #expect(error.isBusy)
    #expect(error.description.contains("process \(getpid()) on"))
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(!RunLock.isHeld(path))
    _ = try RunLock(path)
  }

  @Test("readers that look do not keep a writer out")
  func readers() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 { group.addTask { for _ in 0..<2000 { _ = RunLock.isHeld(path) } } }
      group.addTask { for _ in 0..<200 { _ = try RunLock(path) } }
      try await group.waitForAll()
    }
  }
}
