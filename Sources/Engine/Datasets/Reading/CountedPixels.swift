internal import Groundwork
internal import Synchronization

/// What samples occur in images of integers, which several threads read.
///
/// The count is the same in whatever order images are added, so that none of them needs a histogram of its own:
/// freed again between the pixels of small samples that are kept, these would leave gaps that nothing fills.
final class CountedPixels: Sendable {
  private let total = Mutex<PixelStatistics?>(nil)

  /// - Precondition: all are of as many channels, and none depends on the order.
  func add(_ image: PixelStatistics) {
    total.withLock { total in
      guard total == nil else {
        total?.add(image)
        return
      }
      // Memory of its own: that of the image is used again.
      var first = PixelStatistics(channels: image.channels, depth: image.depth)
      first.add(image)
      total = first
    }
  }

  /// `nil` before the first image.
  var statistics: PixelStatistics? { total.withLock { $0 } }
}
