import Foundation
internal import Groundwork

/// Writes files on threads of its own while the network goes on: at most so many wait.
final class WriteBehind: @unchecked Sendable {
  private let limit: Int
  private let condition = NSCondition()

  // Everything below is touched under the lock alone.
  private var waiting: [@Sendable () throws -> Void] = []
  private var running = 0
  private var isClosed = false
  private var failure: (any Error)?
  private let team = DispatchGroup()

  /// - Throws: where not a single thread can be started.
  init(threads: Int, limit: Int) throws(SystemThreadError) {
    self.limit = limit
    for number in 0..<threads {
      team.enter()
      do throws(SystemThreadError) {
        try SystemThread.start { [self] in
          work()
          team.leave()
        }
      } catch {
        team.leave()
        guard number > 0 else { throw error }
        return
      }
    }
  }

  /// Waits for room.
  ///
  /// - Throws: what an earlier piece of work threw first.
  func add(_ work: @escaping @Sendable () throws -> Void) throws {
    condition.lock()
    defer { condition.unlock() }
    while failure == nil, waiting.count >= limit { condition.wait() }
    if let failure { throw failure }
    waiting.append(work)
    condition.broadcast()
  }

  /// Waits until all is written.
  ///
  /// - Throws: what a piece of work threw first.
  func finish() throws {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
    team.wait()
    if let failure { throw failure }
  }

  private func work() {
    while let next = next() {
      do {
        try next()
      } catch {
        condition.lock()
        if failure == nil { failure = error }
        waiting = []
        condition.broadcast()
        condition.unlock()
      }
    }
  }

  private func next() -> (@Sendable () throws -> Void)? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty, !isClosed { condition.wait() }
    guard !waiting.isEmpty else { return nil }
    defer { condition.broadcast() }
    return waiting.removeFirst()
  }
}
