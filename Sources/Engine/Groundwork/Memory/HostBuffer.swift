internal import Glibc

/// Zeroed memory, aligned to cache lines; large buffers to huge pages, which the kernel is asked
/// to use, and given back to it when they end.
package final class HostBuffer {
  package let bytes: Int
  package let start: UnsafeMutableRawPointer
  /// What was mapped, where the buffer is large.
  private let mapping: (start: UnsafeMutableRawPointer, bytes: Int)?

  private static let hugePage = 2 << 20

  package init(bytes: Int) {
    self.bytes = max((bytes + 63) / 64 * 64, 64)
    guard self.bytes >= Self.hugePage else {
      var pointer: UnsafeMutableRawPointer?
      guard posix_memalign(&pointer, 64, self.bytes) == 0, let pointer else {
        MemoryShortage.end("out of memory: \(bytes) bytes were asked for")
      }
      pointer.initializeMemory(as: UInt8.self, repeating: 0, count: self.bytes)
      (start, mapping) = (pointer, nil)
      return
    }
    let mapped = self.bytes + Self.hugePage
    guard
      let region = mmap(
        nil, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      region != MAP_FAILED
    else { MemoryShortage.end("out of memory: \(bytes) bytes were asked for") }
    start = region.alignedUp(toMultipleOf: Self.hugePage)
    madvise(start, self.bytes, MADV_HUGEPAGE)
    mapping = (region, mapped)
  }

  package convenience init(floats: Int) { self.init(bytes: floats * MemoryLayout<Float>.stride) }

  deinit {
    if let mapping { munmap(mapping.start, mapping.bytes) } else { free(start) }
  }

  /// Makes it all zeros again.
  package func clear() { memset(start, 0, bytes) }

  /// As `f32` values.
  package var floats: UnsafeMutablePointer<Float> { start.assumingMemoryBound(to: Float.self) }
}
