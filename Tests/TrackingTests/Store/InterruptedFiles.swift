import Foundation

@testable import Tracking

/// File operations that stop working after a number of them, like those of a process that is
/// killed: what was done stays, nothing is cleaned up.
final class InterruptedFiles: FileOperations, @unchecked Sendable {
  private let system = SystemFiles(waitsForDisk: false)
  private let lock = NSLock()
  private var left = Int.max
  private(set) var count = 0

  /// Only that many operations more are carried out.
  func stop(after operations: Int) {
    lock.withLock { (left, count) = (operations, 0) }
  }

  func makeFolder(_ path: String) throws(StoreError) {
    // Folders are made again and again, so they are no step of their own.
    guard lock.withLock({ left > 0 }) else { throw killed(path) }
    try system.makeFolder(path)
  }

  func makeSubfolder(_ path: String) throws(StoreError) {
    guard lock.withLock({ left > 0 }) else { throw killed(path) }
    try system.makeSubfolder(path)
  }

  func write(_ bytes: Data, to path: String) throws(StoreError) {
    guard step() else {
      // Killed in the middle of it.
      if lock.withLock({ left == -1 }) { try system.write(bytes.prefix(bytes.count / 2), to: path) }
      throw killed(path)
    }
    try system.write(bytes, to: path)
  }

  func rename(_ path: String, to target: String) throws(StoreError) {
    guard step() else { throw killed(path) }
    try system.rename(path, to: target)
  }

  func link(_ path: String, to target: String) throws(StoreError) -> Bool {
    guard step() else { throw killed(path) }
    return try system.link(path, to: target)
  }

  func remove(_ path: String) throws(StoreError) {
    guard step() else { throw killed(path) }
    try system.remove(path)
  }

  func synchronize(folder: String) throws(StoreError) {
    guard step() else { throw killed(folder) }
    try system.synchronize(folder: folder)
  }

  private func step() -> Bool {
    lock.withLock {
      left -= 1
      count += 1
      return left >= 0
    }
  }

  private func killed(_ path: String) -> StoreError {
    .system(path: path, action: "go on", code: EINTR)
  }
}
