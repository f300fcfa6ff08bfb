internal import Datasets
internal import Foundation

/// The bytes of a file, a block at a time: what is held does not grow with the file.
struct ByteBlocks: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var block: [UInt8] = []
  /// Where the block begins in the file, and where in the block it goes on.
  private var start = 0
  private(set) var next = 0

  /// How much is read at once: little behind a jump, since often the next one follows.
  private var reach = leastReach
  private static let leastReach = 1 << 13
  private static let mostReach = 1 << 18

  init(path: String) throws(DataError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DataError(DataProblem(file: path, "is not a file"))
    }
  }

  deinit { close(descriptor) }

  /// The number of the byte that comes next, from 0.
  var offset: Int { start + next }

  mutating func seek(to offset: Int) {
    if offset >= start, offset <= start + block.count {
      next = offset - start
    } else {
      (start, next, reach) = (offset, 0, Self.leastReach)
      block.removeAll(keepingCapacity: true)
    }
  }

  /// `nil` at the end of the file.
  mutating func peek() throws(DataError) -> UInt8? {
    if next == block.count { try refill() }
    return next < block.count ? block[next] : nil
  }

  mutating func advance() { next += 1 }

  /// What is left of the block; empty at the end of the file alone.
  mutating func withRest<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) -> (result: Result, taken: Int)
  ) throws(DataError) -> Result {
    if next == block.count { try refill() }
    let (result, taken) = block.withUnsafeBufferPointer { bytes in
      body(UnsafeBufferPointer(rebasing: bytes[next...]))
    }
    next += taken
    return result
  }

  private mutating func refill() throws(DataError) {
    start += block.count
    next = 0
    block.removeAll(keepingCapacity: true)
    let (descriptor, start, reach) = (descriptor, start, reach)
    self.reach = min(2 * reach, Self.mostReach)
    block = Array(unsafeUninitializedCapacity: reach) { buffer, count in
      repeat {
        count = pread(descriptor, buffer.baseAddress, reach, off_t(start))
      } while count < 0 && errno == EINTR
      if count < 0 { count = 0 }
    }
  }

  private static func failure(_ path: String) -> DataError {
    DataError(DataProblem(file: path, String(cString: strerror(errno))))
  }
}
