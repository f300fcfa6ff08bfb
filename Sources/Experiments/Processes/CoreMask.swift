internal import CScheduler
internal import Execution
import Foundation

/// The cores of the processor that a thread may run on.
struct CoreMask: Sendable, Equatable {
  /// The numbers of the cores as the system counts them, ascending.
  let cores: [Int]

  /// The cores of the calling thread. The threads and processes that it starts inherit them.
  static var current: CoreMask {
    var words = [UInt](repeating: 0, count: wordCount)
    let isKnown = words.withUnsafeMutableBytes { scheduler_get_cores($0.baseAddress, $0.count) > 0 }
    guard isKnown else {
      return CoreMask(cores: Array(0..<ProcessInfo.processInfo.activeProcessorCount))
    }
    return CoreMask(
      cores: (0..<wordCount * UInt.bitWidth).filter { core in
        words[core / UInt.bitWidth] & (1 << (core % UInt.bitWidth)) != 0
      })
  }

  /// Runs `body` with the calling thread on these cores: what it starts meanwhile stays on them.
  /// Where the system refuses, `body` runs on all cores.
  func whileBound<Result, Problem: Error>(
    _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let previous = Self.current
    bind()
    defer { previous.bind() }
    return try body()
  }

  private func bind() {
    var words = [UInt](repeating: 0, count: Self.wordCount)
    for core in cores { words[core / UInt.bitWidth] |= 1 << (core % UInt.bitWidth) }
    _ = words.withUnsafeBytes { scheduler_set_cores($0.baseAddress, $0.count) }
  }

  /// The number of words of a mask for 8192 cores, the most that Linux is built for.
  private static let wordCount = 8192 / UInt.bitWidth
}
