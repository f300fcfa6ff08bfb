internal import CKernels
internal import Execution
package import Groundwork

/// Sensitivity and specificity in one error, the mean over images and classes of
///
///     r Σ (g − p)² g / (Σ g + ε) + (1 − r) Σ (g − p)² (1 − g) / (Σ (1 − g) + ε)
///
/// over the valid pixels, with p the softmax, g the one-hot labels and ε 1e-5 (Brosch, Yoo, Tang, Li,
/// Traboulsee & Tam, MICCAI 2015). A class that an image lacks has no first term there.
package struct SensitivitySpecificity: Loss {
  package static let name = "sensitivity_specificity"
  package static let about =
    "Mean squared error on a class's pixels and on the others, each by its own number."
  package static let definition =
    "In validation the loss is the mean over the images."
  package static let fields = [ratio.declaration]
  package static let example = "losses: [{sensitivity_specificity: {ratio: 0.05}}]"

  static let ratio = Field.number(
    "ratio", default: 0.05, Bounds(0...1),
    "Weight r of the errors on a class's own pixels; the rest weighs 1 - r.")

  private let ratio: Double

  package init(_ values: FieldValues) { ratio = values[Self.ratio] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return SensitivitySpecificityKernel(context, ratio: ratio)
  }
}

private final class SensitivitySpecificityKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let ratio: Double
  private let counts: LabelCounts
  /// `[N, 2, K]`: of the pixels of each class, and of the others.
  private let factors: LossScratch<Float>
  private let partials: LossScratch<Double>

  init(_ context: LossContext, ratio: Double) {
    layout = context.logits
    threads = Int32(context.threads)
    self.ratio = ratio
    counts = LabelCounts(classes: layout.shape.channels)
    factors = LossScratch(repeating: 0, count: layout.shape.batch * 2 * layout.shape.channels)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    var images = 0
    for image in 0..<shape.batch {
      counts.update(input.labels + image * shape.area, count: shape.area)
      setFactors(image)
      if counts.valid > 0 { images += 1 }
    }
    guard images > 0 else { return .nothing }
    let terms = Double(images * shape.channels)
    let sum = ck_class_squared(
      layout.kernel, input.logits, input.labels, factors.pointer, Float(Double(weight) / terms),
      gradients?.logits, partials.pointer, threads)
    return LossValue(sum / terms, of: Double(images))
  }

  private func setFactors(_ image: Int) {
    let epsilon = 1e-5
    let classes = layout.shape.channels
    let own = factors.pointer + image * 2 * classes
    for label in 0..<classes {
      let truth = Double(counts[label])
      own[label] = Float(ratio / (truth + epsilon))
      own[classes + label] = Float((1 - ratio) / (Double(counts.valid) - truth + epsilon))
    }
  }
}
