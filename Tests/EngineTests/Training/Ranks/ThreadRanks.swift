import Foundation
import Synchronization
@testable import Groundwork
@testable import Training

/// The ranks of a training as threads of this process, which see each other's memory.
final class ThreadRanks: RankGroup {
  let rank: Int
  var count: Int { meeting.count }
  private let meeting: Meeting

  private init(_ rank: Int, _ meeting: Meeting) { (self.rank, self.meeting) = (rank, meeting) }

  /// Where the threads wait for each other, and what each shows the others meanwhile.
  private final class Meeting: @unchecked Sendable {
    let count: Int
    var shown: [UnsafeMutableRawPointer?]
    private let condition = NSCondition()
    private var arrived = 0
    private var turn = 0

    init(_ count: Int) {
      self.count = count
      shown = Array(repeating: nil, count: count)
    }

    func wait() {
      condition.lock()
      defer { condition.unlock() }
      let now = turn
      arrived += 1
      guard arrived < count else {
        (arrived, turn) = (0, turn + 1)
        condition.broadcast()
        return
      }
      while turn == now { condition.wait() }
    }

    func meet(
      _ rank: Int, _ own: UnsafeMutableRawPointer?, _ work: ([UnsafeMutableRawPointer?]) -> Void
    ) {
      condition.lock()
      shown[rank] = own
      condition.unlock()
      wait()
      work(shown)
      wait()
    }
  }

  /// Runs `body` once for each rank, and waits for all.
  ///
  /// - Returns: what each came to, in the order of the ranks.
  static func run<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (RankChannel) throws -> Value
  ) throws -> [Result<Value, any Error>] {
    let meeting = Meeting(count)
    let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
    let done = DispatchSemaphore(value: 0)
    for rank in 0..<count {
      try SystemThread.start(stackSize: 8 << 20) {
        let channel = RankChannel(ThreadRanks(rank, meeting))
        let result = Result { try body(channel) }
        results.withLock { $0[rank] = result }
        done.signal()
      }
    }
    for _ in 0..<count { done.wait() }
    return results.withLock { $0.compactMap(\.self) }
  }

  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int) {
    meeting.meet(rank, bytes.baseAddress) { shown in
      guard rank != root, let source = shown[root] else { return }
      bytes.copyMemory(from: UnsafeRawBufferPointer(start: source, count: bytes.count))
    }
  }

  func allGather(_ bytes: UnsafeMutableRawBufferPointer) {
    let part = bytes.count / count
    meeting.meet(rank, bytes.baseAddress) { shown in
      for other in 0..<count where other != rank {
        guard let source = shown[other], let target = bytes.baseAddress else { continue }
        (target + other * part).copyMemory(from: source + other * part, byteCount: part)
      }
    }
  }

  func exchange(
    _ values: UnsafePointer<Float>?, parts: [Range<Int>], senders: Int,
    into received: UnsafeMutablePointer<Float>
  ) {
    let part = parts[rank]
    meeting.meet(rank, UnsafeMutableRawPointer(mutating: values)) { shown in
      for sender in 0..<senders {
        guard let source = shown[sender]?.assumingMemoryBound(to: Float.self) else { continue }
        (received + sender * part.count).update(from: source + part.lowerBound, count: part.count)
      }
    }
  }

  func gather(_ values: UnsafeMutablePointer<Float>, parts: [Range<Int>]) {
    meeting.meet(rank, values) { shown in
      for other in 0..<count where other != rank {
        guard let source = shown[other]?.assumingMemoryBound(to: Float.self) else { continue }
        let part = parts[other]
        (values + part.lowerBound).update(from: source + part.lowerBound, count: part.count)
      }
    }
  }
}
