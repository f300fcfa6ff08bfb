internal import CKernels
internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning

/// The mean over the transforms of an image, or over several networks, of their probabilities or of their
/// logits: each is added where the image has it, in the order in which they come.
///
/// Those of another size are added up in that size, and their sum is resized: the same mean for the
/// work of one.
final class PredictionMean {
  enum Quantity: Sendable {
    /// The softmax of the logits; the mean becomes its logarithm.
    case probabilities
    case logits
  }

  private let quantity: Quantity
  private let shape: Shape
  private let threads: Int32
  private let scratch: UnsafeMutablePointer<Float>?
  /// The sum of the transforms in the size of the mean, `[N, K, H, W]`; the mean once it is taken.
  private let total: HostBuffer
  /// The sum of the transforms of another size, `[N, K, h, w]`, with room for the largest.
  private let scaled: HostBuffer
  private var totalIsEmpty = true

  /// - Parameters:
  ///   - shape: the shape of the mean.
  ///   - sizes: the sizes of the transformed images.
  ///   - scratch: memory for ``scratchFloats(shape:sizes:threads:)`` values.
  init(
    _ quantity: Quantity, shape: Shape, sizes: [Size], scratch: UnsafeMutablePointer<Float>,
    threads: Int
  ) {
    self.quantity = quantity
    self.shape = shape
    self.scratch = scratch
    self.threads = Int32(threads)
    total = HostBuffer(floats: shape.count)
    scaled = HostBuffer(floats: Self.scaledFloats(shape, sizes))
  }

  /// A mean of what has its shape already.
  init(_ quantity: Quantity, shape: Shape, threads: Int) {
    self.quantity = quantity
    self.shape = shape
    self.threads = Int32(threads)
    scratch = nil
    total = HostBuffer(floats: shape.count)
    scaled = HostBuffer(floats: 0)
  }

  static func bytes(shape: Shape, sizes: [Size]) -> Int {
    (shape.count + scaledFloats(shape, sizes)) * MemoryLayout<Float>.stride
  }

  static func scratchFloats(shape: Shape, sizes: [Size], threads: Int) -> Int {
    sizes.map {
      ck_resize_planes_scratch(
        Int32($0.height), Int32($0.width), Int32(shape.height), Int32(shape.width), Int32(threads))
    }.max() ?? 0
  }

  private static func scaledFloats(_ shape: Shape, _ sizes: [Size]) -> Int {
    sizes.filter { $0 != shape.size }
      .map { shape.batch * shape.channels * $0.height * $0.width }.max() ?? 0
  }

  /// Where the mean stands once it has been taken.
  var values: UnsafePointer<Float> { UnsafePointer(total.floats) }

  func begin() { totalIsEmpty = true }

  /// Adds one transform.
  ///
  /// - Parameters:
  ///   - layout: the layout of its logits.
  ///   - isFirst, isLast: whether it is the first or the last of its scale.
  func add(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout, transformedBy symmetry: SquareSymmetry,
    isFirst: Bool, isLast: Bool
  ) {
    let isScaled = layout.shape != shape
    ck_tta_add(
      layout.kernel, logits, symmetry.kernel, quantity == .probabilities ? 1 : 0,
      (isScaled ? isFirst : totalIsEmpty) ? 1 : 0, (isScaled ? scaled : total).floats, threads)
    if isScaled, isLast {
      ck_resize_planes(
        scaled.floats, Int32(shape.batch * shape.channels), Int32(layout.shape.height),
        Int32(layout.shape.width), total.floats, Int32(shape.height), Int32(shape.width),
        totalIsEmpty ? 1 : 0, scratch, threads)
    }
    if !isScaled || isLast { totalIsEmpty = false }
  }

  /// Adds what is of the mean's shape and lies as it is seen.
  func add(_ logits: UnsafePointer<Float>, _ layout: TensorLayout) {
    precondition(layout.shape == shape)
    add(logits, layout, transformedBy: SquareSymmetry(), isFirst: true, isLast: true)
  }

  /// Ends the sum of so many transforms and makes ``values`` their mean.
  func takeMean(of transforms: Int) {
    ck_tta_mean(
      total.floats, shape.count, 1 / Float(transforms), quantity == .probabilities ? 1 : 0, threads)
  }
}
