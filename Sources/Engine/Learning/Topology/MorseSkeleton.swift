internal import CKernels
internal import Groundwork

/// The discrete Morse skeleton of an image: lines along the ridges that persist.
///
/// The image is flooded from its peaks down. A saddle where two components of what is higher meet, or where the
/// last way between two valleys is closed, is kept if the lower peak, or the higher bottom, differs from it by more
/// than `persistence`, and if it is not lower than `least`. From each kept saddle the steepest ascents are followed to
/// peaks, and from peaks that do not persist on over their own saddles, as they are once such pairs are cancelled
/// (Delgado-Friedrichs, Robins & Sheppard, IEEE TPAMI 2015; of images of neurons Banerjee et al., Nature Machine
/// Intelligence 2020). Ridges touch at edges and corners, valleys at edges alone. What lies beyond the image is
/// left open: valleys that its edge parts are two.
///
/// A function of the values alone: of equal ones the first in the order of the pixels is the higher.
struct MorseSkeleton: Sendable, Hashable {
  /// In the unit of the values, at least 0.
  var persistence: Float
  /// The least value of a saddle that is kept.
  var least: Float = -.infinity
  /// Standard deviation in pixels of the Gaussian that the image is smoothed with before; 0: none.
  var deviation = 0.0

  /// - Parameter values: `[H, W]`.
  /// - Returns: `[H, W]`, 1 on the skeleton and 0 elsewhere.
  func pixels(of values: [Float], _ size: Size) -> [UInt8] {
    precondition(values.count == size.area)
    let smooth = deviation > 0 ? smoothed(values, size) : values
    let (height, width) = (Int32(size.height), Int32(size.width))
    var skeleton = [UInt8](repeating: 0, count: values.count)
    withUnsafeTemporaryAllocation(
      byteCount: ck_morse_scratch(height, width), alignment: MemoryLayout<UInt64>.alignment
    ) { scratch in
      ck_morse_skeleton(
        smooth, height, width, persistence, least, &skeleton, scratch.baseAddress)
    }
    return skeleton
  }

  /// Mirrored beyond the edges.
  private func smoothed(_ values: [Float], _ size: Size) -> [Float] {
    let radius = Int((3 * deviation).rounded(.up))
    var kernel = [Float](repeating: 0, count: 2 * radius + 1)
    var scratch = [Float](repeating: 0, count: size.area + size.width + 2 * radius)
    var smooth = values
    ck_gaussian(&kernel, Int32(radius), deviation)
    ck_separable_filter(
      values, &smooth, 1, Int32(size.height), Int32(size.width), kernel, Int32(radius), &scratch)
    return smooth
  }
}
