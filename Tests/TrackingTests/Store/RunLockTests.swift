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

  @Test("a reader that looks just then does not keep a writer out")
  func reader() throws {
    let reader = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    #expect(flock(reader, LOCK_SH | LOCK_NB) == 0)
    Thread.detachNewThread {
      usleep(20_000)
      close(reader)
    }
    _ = try RunLock(path)
  }
}
