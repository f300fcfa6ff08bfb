internal import CKernels
internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks

/// Puts together what is predicted of an image's patches: one image at a time, whatever its size.
///
/// Where patches overlap their probabilities are averaged, each weighted by a Gaussian about the
/// patch's middle with a deviation of an eighth of its extent, 1 at the middle and at least 0.001 (the
/// importance weighting of Isensee et al., "nnU-Net", Nature Methods 2021, with MONAI's least
/// weight). The logarithms of these means are the logits. What looks at single logits, or at another
/// head, is given means of what the head holds, weighted alike.
///
/// Where patches are of volumes, the image is a slice, and what a patch says of it lies between what it says
/// of the slices around: the Gaussian is one about the middle of the patch along its depth too.
///
/// Letters: K classes, H height and W width of the image, d, h and w of a patch.
final class PatchStitcher {
  /// The heads of batches of patches.
  private let heads: [HeadLayout]
  private let averagesLogits: Bool
  /// P, the number of labels of each pixel.
  private let planes: Int
  private let threads: Int32
  /// The weight of each pixel of a patch, `[d, h, w]`.
  private let weights: HostBuffer
  /// d, of the patches.
  private let depth: Int
  private var image: Image?

  /// - Parameters:
  ///   - heads: what is predicted of batches of patches.
  ///   - averagesLogits: whether anything looks at single logits.
  ///   - planes: how many labels each pixel has.
  ///   - window: what the pixels of a patch count for.
  ///   - depth: how many slices of a patch lie one beneath the other in the heads.
  init(
    _ heads: [HeadLayout], averagesLogits: Bool, planes: Int = 1, depth: Int = 1, threads: Int,
    window: Tiling.Window = .gaussian
  ) {
    (self.heads, self.averagesLogits, self.planes) = (heads, averagesLogits, planes)
    self.threads = Int32(threads)
    self.depth = depth
    let stacked = heads[0].layout.shape.size
    switch window {
    case .gaussian:
      weights = Self.importance(
        of: SpatialExtent(depth: depth, height: stacked.height / depth, width: stacked.width))
    case .constant:
      weights = HostBuffer(floats: stacked.area)
      weights.floats.update(repeating: 1, count: stacked.area)
    }
  }

  /// What is made of an image.
  struct Stitched {
    let batch: PredictedBatch
    /// The labels, `[P, H, W]`.
    let labels: UnsafePointer<Label>
  }

  /// How the heads of an image of that size lie: 1 × C × H × W, plain.
  func headLayouts(_ size: Size) -> [HeadLayout] {
    heads.map {
      HeadLayout(
        name: $0.name,
        layout: TensorLayout(Shape(1, $0.layout.shape.channels, size.height, size.width)))
    }
  }

  private var classes: Int { heads[0].layout.shape.channels }
  private var otherChannels: [Int] { heads.dropFirst().map(\.layout.shape.channels) }

  func begin(_ size: Size) {
    if image?.size != size {
      // Let go of the one before the next is made.
      image = nil
      image = Image(
        size: size, classes: classes, averagesLogits: averagesLogits,
        otherChannels: otherChannels, planes: planes)
    }
    image?.clear()
  }

  /// Adds the patch at a place of a batch.
  ///
  /// - Parameters:
  ///   - labels: those of the batch, `[N, P, d · h, w]`; `nil` where nobody asks for them.
  ///   - slice: which slice of the patch is of the image.
  func add(
    _ batch: PredictedBatch, labels: UnsafePointer<Label>?, position: Int, _ patch: Patch,
    slice: Int = 0
  ) {
    guard let image else { preconditionFailure("no image was begun") }
    let width = image.size.width
    let (rows, columns) = (
      min(patch.size.height, image.size.height - patch.top),
      min(patch.size.width, width - patch.left)
    )
    let corner = patch.top * width + patch.left
    let firstRow = slice * patch.size.height
    let sliceWeights = weights.floats + firstRow * patch.size.width
    func add(
      _ values: UnsafePointer<Float>, _ layout: TensorLayout, softmax: Bool, to sums: HostBuffer
    ) {
      // A row beneath another lies so many values further, in every block of channels.
      let start = values + firstRow * layout.shape.width * layout.block
      ck_patch_add(
        layout.kernel, start, Int32(position), softmax ? 1 : 0, sliceWeights, Int32(rows),
        Int32(columns), sums.floats + corner, width, image.size.area, threads)
    }
    add(batch.logits, heads[0].layout, softmax: true, to: image.probabilities)
    if let sums = image.logits {
      add(batch.singleLogits, heads[0].layout, softmax: false, to: sums)
    }
    for (index, sums) in image.others.enumerated() {
      add(batch.heads[1 + index], heads[1 + index].layout, softmax: false, to: sums)
    }
    ck_patch_add_weights(
      sliceWeights, Int32(patch.size.width), Int32(rows), Int32(columns),
      image.totals.floats + corner, width)
    guard let labels else { return }
    for plane in 0..<planes {
      for row in patch.rows {
        let patchRow =
          (position * planes + plane) * depth * patch.size.height + firstRow + row - patch.top
        let from = patchRow * patch.size.width + patch.columns.lowerBound - patch.left
        let imageRow = plane * image.size.height + row
        (image.labels.pointer + imageRow * width + patch.columns.lowerBound)
          .update(from: labels + from, count: patch.columns.count)
      }
    }
  }

  /// Ends the image: valid until the next is begun.
  func finish() -> Stitched {
    guard let image else { preconditionFailure("no image was begun") }
    func mean(_ sums: HostBuffer, planes: Int, logarithm: Bool) -> UnsafePointer<Float> {
      ck_patch_mean(
        sums.floats, Int32(planes), image.totals.floats, image.size.area, logarithm ? 1 : 0,
        threads)
      return UnsafePointer(sums.floats)
    }
    let logits = mean(image.probabilities, planes: classes, logarithm: true)
    let others = zip(image.others, otherChannels).map {
      mean($0, planes: $1, logarithm: false)
    }
    return Stitched(
      batch: PredictedBatch(
        heads: [logits] + others,
        singleLogits: image.logits.map { mean($0, planes: classes, logarithm: false) } ?? logits),
      labels: image.labels.pointer)
  }

  /// The weights of a patch's pixels, `[h, w]`.
  static func importance(of size: Size) -> HostBuffer {
    importance(of: SpatialExtent(depth: 1, height: size.height, width: size.width))
  }

  /// The weights of the pixels of a patch of a volume, `[d, h, w]`.
  static func importance(of extent: SpatialExtent) -> HostBuffer {
    func profile(_ length: Int) -> [Double] {
      (0..<length).map { place in
        let distance = (Double(place) - Double(length - 1) / 2) / (Double(length) / 8)
        return PortableMath.exponential(-distance * distance / 2)
      }
    }
    let (rows, columns) = (profile(extent.height), profile(extent.width))
    let weights = HostBuffer(floats: extent.count)
    var next = weights.floats
    for slice in profile(extent.depth) {
      for row in rows {
        for column in columns {
          next.pointee = Float(max(1e-3, slice * row * column))
          next += 1
        }
      }
    }
    return weights
  }

  /// Bytes that an image of that size takes.
  ///
  /// - Parameter otherChannels: the number of channels of each head but the first.
  static func bytes(
    _ size: Size, classes: Int, averagesLogits: Bool, otherChannels: [Int], planes: Int = 1
  ) -> Int {
    let sums = classes * (averagesLogits ? 2 : 1) + otherChannels.reduce(0, +) + 1
    return size.area
      * (sums * MemoryLayout<Float>.stride + planes * MemoryLayout<Label>.stride)
  }
}

/// The sums of one image.
private struct Image {
  let size: Size
  /// The weighted sums of the probabilities, `[K, H, W]`.
  let probabilities: HostBuffer
  /// The weighted sums of the logits, `[K, H, W]`; `nil` where nothing looks at single logits.
  let logits: HostBuffer?
  /// The weighted sums of each head but the first, `[C, H, W]`.
  let others: [HostBuffer]
  /// The sums of the weights, `[H, W]`.
  let totals: HostBuffer
  /// The labels, `[P, H, W]`.
  let labels: LossScratch<Label>

  init(size: Size, classes: Int, averagesLogits: Bool, otherChannels: [Int], planes: Int) {
    self.size = size
    probabilities = HostBuffer(floats: classes * size.area)
    logits = averagesLogits ? HostBuffer(floats: classes * size.area) : nil
    others = otherChannels.map { HostBuffer(floats: $0 * size.area) }
    totals = HostBuffer(floats: size.area)
    labels = LossScratch(repeating: Labels.ignoreIndex, count: planes * size.area)
  }

  func clear() {
    for buffer in [probabilities, logits, totals].compactMap(\.self) + others { buffer.clear() }
    labels.pointer.update(repeating: Labels.ignoreIndex, count: labels.count)
  }
}
