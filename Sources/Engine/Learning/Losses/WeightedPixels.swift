internal import CKernels
internal import Execution
internal import Groundwork

/// Softmax cross-entropy whose pixels weigh what a map says that depends on the labels alone:
///
///     L = (1/Z) Σ ω (−ln p_y)        ∂L/∂z_c = (ω/Z) (p_c − [c = y])
///
/// Z is the number of valid pixels, or their Σ ω.
final class WeightedPixelsKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let dividesByWeights: Bool
  private let weigh: (UnsafePointer<Label>, UnsafeMutablePointer<Float>) -> Void
  private let counts: LabelCounts
  /// `[N, H, W]`.
  private let pixelWeights: LossScratch<Float>
  /// All 1: what the classes weigh is for the map to say.
  private let classWeights: LossScratch<Float>
  private let partials: LossScratch<Double>

  /// - Parameter weigh: sets the weights `[N, H, W]` from the labels; what it sets at ignored pixels
  ///   does not matter.
  init(
    _ context: LossContext, dividesByWeights: Bool,
    weigh: @escaping (UnsafePointer<Label>, UnsafeMutablePointer<Float>) -> Void
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    self.dividesByWeights = dividesByWeights
    self.weigh = weigh
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    pixelWeights = LossScratch(repeating: 0, count: shape.batch * shape.area)
    classWeights = LossScratch(repeating: 1, count: shape.channels)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    counts.update(input.labels, count: pixelWeights.count)
    guard counts.valid > 0 else { return .nothing }
    weigh(input.labels, pixelWeights.pointer)
    let normalizer =
      dividesByWeights
      ? ck_valid_sum(input.labels, pixelWeights.pointer, pixelWeights.count) : Double(counts.valid)
    guard normalizer > 0 else { return .nothing }
    let sum = ck_cross_entropy(
      layout.kernel, input.logits, input.labels, classWeights.pointer, 0, pixelWeights.pointer,
      Float(Double(weight) / normalizer), gradients?.logits, partials.pointer, threads)
    return LossValue(sum: sum, of: normalizer)
  }
}
