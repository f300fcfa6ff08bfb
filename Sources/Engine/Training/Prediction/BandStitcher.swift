internal import CKernels
internal import Execution
internal import Groundwork
internal import Learning

/// Puts together what is predicted of an image's patches, from the top down: rows that no later patch
/// reaches are given out and forgotten, so that memory grows with the width of an image and the height of
/// a patch alone.
///
/// The same sums in the same order as those of ``PatchStitcher``, and so the same bits.
///
/// Letters: K classes, W width of the image, R rows of a band.
final class BandStitcher {
  /// Some rows of an image, from one edge to the other.
  struct Band {
    let rows: Range<Int>
    /// `[K, R, W]`: the logarithms of the mean probabilities, or the mean logits; valid until the next
    /// is given out.
    let logits: UnsafePointer<Float>
  }

  /// How the logits of a batch of patches lie.
  private let layout: TensorLayout
  /// True where logits are averaged by themselves rather than probabilities over the classes.
  private let averagesLogits: Bool
  private let threads: Int32
  /// The weight of each pixel of a patch, `[h, w]`.
  private let weights: HostBuffer
  /// The rows that are summed up, as many as a patch has: `[K, h, W]`, and their weights `[h, W]`.
  private var sums = HostBuffer(floats: 0)
  private var totals = HostBuffer(floats: 0)
  private var band = HostBuffer(floats: 0)
  private var size = Size(height: 0, width: 0)
  /// The first row that is summed up.
  private var top = 0

  init(_ layout: TensorLayout, averagesLogits: Bool, window: Tiling.Window, threads: Int) {
    (self.layout, self.averagesLogits) = (layout, averagesLogits)
    self.threads = Int32(threads)
    switch window {
    case .gaussian: weights = PatchStitcher.importance(of: layout.shape.size)
    case .constant:
      weights = HostBuffer(floats: layout.shape.area)
      weights.floats.update(repeating: 1, count: layout.shape.area)
    }
  }

  private var height: Int { layout.shape.size.height }
  private var classes: Int { layout.shape.channels }

  func begin(_ size: Size) {
    if size.width != self.size.width {
      sums = HostBuffer(floats: classes * height * size.width)
      totals = HostBuffer(floats: height * size.width)
      band = HostBuffer(floats: classes * height * size.width)
    }
    (self.size, top) = (size, 0)
    sums.clear()
    totals.clear()
  }

  /// Adds a patch of a batch. Patches come row by row.
  func add(_ logits: UnsafePointer<Float>, position: Int, _ patch: Patch) {
    precondition(patch.top == top, "rows are given out before patches of the next are added")
    let width = size.width
    let rows = Int32(min(patch.size.height, size.height - patch.top))
    let columns = Int32(min(patch.size.width, width - patch.left))
    ck_patch_add(
      layout.kernel, logits, Int32(position), averagesLogits ? 0 : 1, weights.floats, rows, columns,
      sums.floats + patch.left, width, height * width, threads)
    ck_patch_add_weights(
      weights.floats, Int32(patch.size.width), rows, columns, totals.floats + patch.left, width)
  }

  /// Gives out the rows above that one; the next patches begin with it.
  func takeRows(above next: Int) -> Band {
    let (width, rows) = (size.width, top..<min(next, size.height))
    let area = rows.count * width
    for plane in 0..<classes {
      let source = sums.floats + plane * height * width
      let target = band.floats + plane * area
      target.update(from: source, count: area)
      ck_patch_mean(target, 1, totals.floats, area, averagesLogits ? 0 : 1, threads)
      forget(area, of: source)
    }
    forget(area, of: totals.floats)
    top = next
    return Band(rows: rows, logits: UnsafePointer(band.floats))
  }

  /// Moves what lies behind the first values of a plane to its beginning.
  private func forget(_ count: Int, of plane: UnsafeMutablePointer<Float>) {
    let kept = height * size.width - count
    plane.update(from: plane + count, count: kept)
    (plane + kept).update(repeating: 0, count: count)
  }
}
