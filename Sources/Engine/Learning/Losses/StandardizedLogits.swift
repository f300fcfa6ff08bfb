internal import CKernels
internal import Execution
internal import Groundwork

/// A loss of the logits that DeepDetect's Dice sees: those of each image scaled to mean 0 and variance
/// 1 over its classes and valid pixels.
final class StandardizedLogitsKernel: LossKernel {
  static let field = Field.boolean(
    "mvn", default: false,
    "Scales the logits of each image to mean 0 and variance 1 first, as DeepDetect does."
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

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    ck_standardize(
      layout.kernel, input.logits, input.labels, standardized.pointer, moments.pointer,
      partials.pointer, threads)
    var standardizedInput = input
    standardizedInput.logits = UnsafePointer(standardized.pointer)
    guard var gradients else {
      return loss.evaluate(standardizedInput, weight: weight, gradients: nil)
    }
    let gradient = gradients.logits
    gradients.logits = slopes.pointer
    slopes.pointer.update(repeating: 0, count: slopes.count)
    let value = loss.evaluate(standardizedInput, weight: weight, gradients: gradients)
    ck_standardize_gradient(
      layout.kernel, input.labels, standardized.pointer, slopes.pointer, moments.pointer, gradient,
      partials.pointer, threads)
    return value
  }
}
