internal import CKernels

/// A loss of the logits that DeepDetect's Dice sees: those of each image scaled to mean 0 and variance
/// 1 over its classes and valid pixels.
final class StandardizedLogitsKernel: LossKernel {
  static let field = Field.boolean(
    "mvn", default: false,
    "Whether the logits of each image are scaled to mean 0 and variance 1 first, as DeepDetect does."
  )

  private let layout: TensorLayout
  private let threads: Int32
  private let loss: any LossKernel
  /// Both in the layout of the logits.
  private let standardized: LossScratch<Float>
  private let slopes: LossScratch<Float>
  /// `[N, 4]`.
  private let moments: LossScratch<Double>
  /// `[pixel blocks, 2]`.
  private let partials: LossScratch<Double>

  init(_ context: LossContext, _ loss: any LossKernel) {
    layout = context.logits
    threads = Int32(context.threads)
    self.loss = loss
    standardized = LossScratch(repeating: 0, count: layout.elements)
    slopes = LossScratch(repeating: 0, count: layout.elements)
    moments = LossScratch(repeating: 0, count: 4 * layout.shape.batch)
    partials = LossScratch(repeating: 0, count: 2 * Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(
    logits: UnsafePointer<Float>, labels: UnsafePointer<UInt8>, weight: Float,
    gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    ck_standardize(
      layout.kernel, logits, labels, standardized.pointer, moments.pointer, partials.pointer,
      threads)
    guard let gradient else {
      return loss.evaluate(
        logits: standardized.pointer, labels: labels, weight: weight, gradient: nil)
    }
    slopes.pointer.update(repeating: 0, count: slopes.count)
    let value = loss.evaluate(
      logits: standardized.pointer, labels: labels, weight: weight, gradient: slopes.pointer)
    ck_standardize_gradient(
      layout.kernel, labels, standardized.pointer, slopes.pointer, moments.pointer, gradient,
      partials.pointer, threads)
    return value
  }
}
