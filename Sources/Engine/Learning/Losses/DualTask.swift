internal import CKernels
internal import Execution
package import Groundwork

/// How much steeper or flatter the probabilities are than the labels, where either is steep (after
/// the dual task of Takikawa, Acuna, Jampani & Fidler, "Gated-SCNN", ICCV 2019). With p = softmax(z/τ),
/// g the one-hot labels and d/dx, d/dy differences between pixels:
///
///     ζ = √((dp/dx)² + (dp/dy)² + 1e-6), and ζ_g likewise from g
///     L = ½ mean of |ζ − ζ_g| where ζ ≥ 0.01  +  ½ mean of |ζ − ζ_g| where ζ_g ≥ 0.01
///
/// over the valid pixels and classes of the batch; a mean of nothing is 0. Which pixels count takes no
/// part in the gradient.
///
/// A difference is half of that between the neighbours to both sides, and all of that to one where
/// the other is ignored or outside of the image. Unlike in the paper the softmax is that of the logits,
/// without noise; unlike in the authors' code, differences are taken and nothing is scaled by the
/// greatest.
package struct DualTask: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "dual_task"
  package static let about =
    "Difference in gradient magnitude between probabilities and labels at edges; goes with cross_entropy."
  package static let definition =
    "In validation the means are taken of each image, and the loss is the mean over the "
    + "images."
  package static let fields = [temperature.declaration]
  package static let example = "losses: [cross_entropy, {dual_task: {temperature: 1}}]"

  static let temperature = Field.number(
    "temperature", default: 1, Bounds(0.01...100),
    "What the logits are divided by: below 1 the softmax is closer to the choice of one class.")

  private let temperature: Double

  package init(_ values: FieldValues) { temperature = values[Self.temperature] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return DualTaskKernel(context, temperature: temperature)
  }
}

private final class DualTaskKernel: LossKernel {
  private static let threshold: Float = 1e-2

  private let layout: TensorLayout
  private let threads: Int32
  private let sharpness: Float
  /// `[N, K, H, W]`: probabilities, then the gradient by them.
  private let maps: LossScratch<Float>
  private let rows: LossScratch<Float>
  /// `[N, K]`.
  private let partials: LossScratch<ck_gradient_magnitude_sums>

  init(_ context: LossContext, temperature: Double) {
    layout = context.logits
    threads = Int32(context.threads)
    sharpness = Float(1 / temperature)
    let shape = layout.shape
    maps = LossScratch(repeating: 0, count: shape.count)
    rows = LossScratch(
      repeating: 0, count: context.threads * ck_gradient_magnitude_scratch(Int32(shape.width)))
    partials = LossScratch(
      repeating: ck_gradient_magnitude_sums(), count: shape.batch * shape.channels)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    ck_softmax(layout.kernel, input.logits, input.labels, sharpness, maps.pointer, threads)
    let sums = ck_gradient_magnitude(
      layout.kernel, input.labels, maps.pointer, Self.threshold, partials.pointer, rows.pointer,
      threads)
    // Half a mean; where there are no terms the sum is 0, or NaN.
    let (ofProbabilities, ofLabels) = (
      0.5 / max(sums.p_count, 1), 0.5 / max(sums.label_count, 1)
    )
    if let gradient = gradients?.logits {
      ck_gradient_magnitude_slopes(
        layout.kernel, input.labels, maps.pointer, Self.threshold, Float(ofProbabilities),
        Float(ofLabels), rows.pointer, threads)
      ck_softmax_gradient(
        layout.kernel, input.logits, input.labels, sharpness, maps.pointer, weight, gradient,
        threads)
    }
    let value = sums.p_error * ofProbabilities + sums.label_error * ofLabels
    let images = (0..<layout.shape.batch).count {
      ck_has_valid(input.labels + $0 * layout.shape.area, layout.shape.area) == 1
    }
    return images > 0 ? LossValue(value, of: Double(images)) : .nothing(value)
  }
}
