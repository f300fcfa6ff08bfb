internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks

/// The images that are put together at the same time: one, or as many as a patch of a volume has slices. Their
/// memory is used again.
final class StitcherPool {
  private let make: () -> PatchStitcher
  private var idle: [PatchStitcher] = []
  /// By the numbers of the images.
  private var begun: [Int: PatchStitcher] = [:]

  /// - Parameter make: a stitcher for one image.
  init(_ make: @escaping () -> PatchStitcher) { self.make = make }

  /// How the heads of an image of that size lie: 1 × C × H × W, plain.
  func headLayouts(_ size: Size) -> [HeadLayout] {
    if idle.isEmpty { idle.append(make()) }
    return idle[0].headLayouts(size)
  }

  /// What puts an image together; it begins with the first patch.
  func stitcher(of image: Int, _ size: Size) -> PatchStitcher {
    if let known = begun[image] { return known }
    let next = idle.popLast() ?? make()
    next.begin(size)
    begun[image] = next
    return next
  }

  /// Ends an image: valid until another is begun.
  func finish(_ image: Int) -> PatchStitcher.Stitched {
    guard let done = begun.removeValue(forKey: image) else {
      preconditionFailure("image \(image) was not begun")
    }
    idle.append(done)
    return done.finish()
  }

  /// Lets go of images that were begun and not finished.
  func abandon() {
    for image in begun.keys.sorted() { idle += [begun[image]].compactMap(\.self) }
    begun.removeAll()
  }
}
