internal import CKernels
internal import Groundwork

/// Fills the processor's caches with memory that nobody needs, so that what is timed next finds its
/// tensors in memory, as it does in the middle of a step.
final class CacheEviction {
  /// Several times what the caches of a processor hold.
  private static let layout = TensorLayout(Shape(1, 64, 1024, 1024))

  private let memory = HostBuffer(floats: layout.elements)
  private let sums = HostBuffer(floats: layout.shape.channels)
  private let scratch = HostBuffer(floats: ck_channel_sums_scratch(layout.kernel))
  private let threads: Int32

  init(threads: Int) {
    self.threads = Int32(threads)
    // Pages that were never written are all the same one.
    ck_fill(memory.floats, Self.layout.elements, 1, self.threads)
  }

  /// Only reads: lines that were written would have to be written back during what is timed.
  func run() {
    ck_channel_sums(
      Self.layout.kernel, Self.layout.kernel(at: memory.start), .none, sums.floats,
      scratch.floats, threads)
  }
}
