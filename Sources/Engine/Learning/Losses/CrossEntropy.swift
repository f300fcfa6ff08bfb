internal import CKernels
package import Execution
package import Groundwork

/// Softmax cross-entropy, over the valid pixels:
///
///     L = (1/Z) Σ w_y (−ln p_y)        ∂L/∂z_c = (w_y/Z) (p_c − [c = y])
///
/// Z is the number of valid pixels, as in Caffe and DeepDetect, or Σ w_y, as in PyTorch; without
/// class weights the two are one. A batch without a valid pixel has loss 0 and gradient 0.
package struct CrossEntropy: Loss {
  package static let name = "cross_entropy"
  package static let about = "Mean negative log-likelihood of the labels under the softmax."
  package static let definition =
    "In validation the loss is the mean over all labelled pixels of the set, or their "
    + "weighted mean with normalize: weights, whatever the batches are."
  package static let fields = [ClassWeights.field.declaration, normalize.declaration]
  package static let example = "losses: [{cross_entropy: {class_weights: median_frequency}}]"

  static let normalize = Field.name(
    "normalize", default: "valid", oneOf: ["valid", "weights"],
    "Divide by the number of valid pixels, as DeepDetect, or by the sum of their class weights, as "
      + "PyTorch.")

  private let classWeights: ClassWeights
  private let dividesByWeights: Bool

  package init(_ values: FieldValues) throws(ComponentError) {
    classWeights = ClassWeights(values[ClassWeights.field])
    dividesByWeights = values[Self.normalize] == "weights"
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    CrossEntropyKernel(
      context, weights: try weights(for: context), dividesByWeights: dividesByWeights)
  }

  package func rule(for context: LossContext) throws(ComponentError) -> LossRule? {
    .crossEntropy(
      classWeights: try weights(for: context).map { Float($0) },
      dividesByWeights: dividesByWeights)
  }

  private func weights(for context: LossContext) throws(ComponentError) -> [Double] {
    try context.requireSoftmax()
    return try classWeights.values(
      for: context.statistics, classes: context.logits.shape.channels)
  }
}

private final class CrossEntropyKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let weights: LossScratch<Float>
  private let dividesByWeights: Bool
  private let counts: LabelCounts
  /// One sum for each block of pixels.
  private let partials: LossScratch<Double>

  init(_ context: LossContext, weights: [Double], dividesByWeights: Bool) {
    layout = context.logits
    threads = Int32(context.threads)
    self.weights = LossScratch(weights.map { Float($0) })
    self.dividesByWeights = dividesByWeights
    counts = LabelCounts(classes: weights.count)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(context.logits.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    counts.update(input.labels, count: layout.shape.batch * layout.shape.area)
    let normalizer = normalizer()
    guard normalizer > 0 else { return .nothing }
    let sum = ck_cross_entropy(
      layout.kernel, input.logits, input.labels, weights.pointer, 0, nil,
      Float(Double(weight) / normalizer), gradients?.logits, partials.pointer, threads)
    return LossValue(sum: sum, of: normalizer)
  }

  /// Z.
  private func normalizer() -> Double {
    guard dividesByWeights else { return Double(counts.valid) }
    return (0..<weights.count).reduce(0) { $0 + Double(counts[$1]) * Double(weights.pointer[$1]) }
  }
}
