import Foundation
import Synchronization
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

  private let here = LockHolder(process: 7, host: "here", boot: "a")
  private let there = LockHolder(process: 7, host: "there", boot: "b")

  /// A lock of which the kernel of this system knows nothing, as that of another host may be.
  private func leaveNote(of holder: LockHolder) throws {
    try Data(holder.text.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test("what a lock says of its holder is read as it was written, and other texts are none of it")
  func notes() throws {
    let holder = try #require(LockHolder(there.text))
    #expect(holder == there && holder.name == "process 7 on there")
    // As programs before this one wrote it.
    #expect(LockHolder("process 12 on host")?.boot == "")
    for text in ["", "lock", "process", "process x on host", "process 1 on h\u{7}"] {
      #expect(LockHolder(text) == nil, "\(text)")
    }
  }

  @Test("the lock of a process that died on this host is taken at once, whatever it says")
  func deadHere() throws {
    var dead = here
    dead.process = 6
    try leaveNote(of: dead)
    let lock = try RunLock(path, holder: here, interval: 1000)
    #expect(lock.isInPlace)
  }

  @Test("the lock of a host that gives no sign of life is taken over")
  func deadThere() throws {
    try leaveNote(of: there)
    let lock = try RunLock(path, holder: here, interval: 0.02)
    #expect(lock.isInPlace)
  }

  @Test("the lock of a host that gives signs of life is busy, and the error names the host")
  func livingThere() throws {
    try leaveNote(of: there)
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    let isOver = Flag()
    let note = LockNote(descriptor, there)
    Thread.detachNewThread {
      while !isOver.isSet {
        note.giveSign()
        usleep(1000)
      }
    }
    defer { isOver.set() }
    let error = try #require(throws: StoreError.self) {
      try RunLock(path, holder: here, interval: 1)
    }
    #expect(error.isBusy && error.description.contains("process 7 on there"), "\(error)")
  }

  @Test("who lost a lock to another host writes nothing more, and leaves the lock as it is")
  func lost() throws {
    var lock: RunLock? = try RunLock(path, holder: here, interval: 0.005)
    #expect(lock?.isInPlace == true)
    try leaveNote(of: there)
    #expect(lock?.isInPlace == false)
    lock = nil
    #expect(try String(contentsOfFile: path, encoding: .utf8) == there.text)
  }

  @Test("a lock that was given back keeps nobody waiting")
  func givenBack() throws {
    _ = try RunLock(path, holder: there)
    _ = try RunLock(path, holder: here, interval: 1000)
  }

  private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
  }
}
