internal import Glibc

/// Zeroed memory, aligned to cache lines; large buffers to huge pages, which the kernel is asked
/// to use.
final class HostBuffer {
  let bytes: Int
  let start: UnsafeMutableRawPointer

  init(bytes: Int) {
    let hugePage = 2 << 20
    let alignment = bytes >= hugePage ? hugePage : 64
    self.bytes = max((bytes + 63) / 64 * 64, 64)
    var pointer: UnsafeMutableRawPointer?
    guard posix_memalign(&pointer, alignment, self.bytes) == 0, let pointer else {
      fatalError("out of memory: \(bytes) bytes were asked for")
    }
    if bytes >= hugePage { madvise(pointer, self.bytes, MADV_HUGEPAGE) }
    pointer.initializeMemory(as: UInt8.self, repeating: 0, count: self.bytes)
    start = pointer
  }

  convenience init(floats: Int) { self.init(bytes: floats * MemoryLayout<Float>.stride) }

  deinit { free(start) }

  /// As `f32` values.
  var floats: UnsafeMutablePointer<Float> { start.assumingMemoryBound(to: Float.self) }
}
