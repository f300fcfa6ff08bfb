internal import Foundation

/// Two batches of preallocated memory between the thread that fills them and the one that uses
/// them: while one is used the other is filled.
final class BatchRing: @unchecked Sendable {
  private let images: UnsafeMutablePointer<Float>
  private let labels: UnsafeMutablePointer<UInt8>
  private let batch: (images: Int, labels: Int)

  // Everything below is touched under the lock alone.
  private let condition = NSCondition()
  private var filled = 0
  private var taken = 0
  private var given = 0
  private var counts = [0, 0]
  private var isClosed = false
  private var failure: DataError?

  /// - Parameter shape: of a batch of images.
  init(shape: Shape) {
    batch = (shape.count, shape.batch * shape.area)
    images = .allocate(capacity: 2 * batch.images)
    labels = .allocate(capacity: 2 * batch.labels)
    images.initialize(repeating: 0, count: 2 * batch.images)
    labels.initialize(repeating: Labels.ignored, count: 2 * batch.labels)
  }

  deinit {
    images.deallocate()
    labels.deallocate()
  }

  /// Waits for a free slot and has it filled.
  ///
  /// - Parameter fill: fills the memory and answers how many samples it put there.
  /// - Returns: whether more is wanted.
  func put(_ fill: (Batch) throws(DataError) -> Int) -> Bool {
    condition.lock()
    while filled >= given + 2, !isClosed { condition.wait() }
    let (slot, goesOn) = (filled % 2, !isClosed)
    condition.unlock()
    guard goesOn else { return false }
    let result: Result<Int, DataError>
    do throws(DataError) {
      result = .success(try fill(memory(slot, count: 0)))
    } catch {
      result = .failure(error)
    }
    condition.lock()
    defer { condition.unlock() }
    switch result {
    case .success(let count):
      counts[slot] = count
      filled += 1
    case .failure(let error):
      failure = error
      isClosed = true
    }
    condition.broadcast()
    return !isClosed
  }

  /// Gives the last batch back and waits for the next.
  ///
  /// - Throws: what filling it threw, and again on every later call.
  func take() throws(DataError) -> Batch {
    condition.lock()
    defer { condition.unlock() }
    given = taken
    condition.broadcast()
    while filled == taken {
      if let failure { throw failure }
      condition.wait()
    }
    let slot = taken % 2
    taken += 1
    return memory(slot, count: counts[slot])
  }

  /// The filling thread ends as soon as it has filled what it is at.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  private func memory(_ slot: Int, count: Int) -> Batch {
    Batch(
      images: images + slot * batch.images, labels: labels + slot * batch.labels, count: count)
  }
}
