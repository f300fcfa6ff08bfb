internal import CKernels
package import Groundwork

/// Binary cross-entropy of each class against the rest, the mean over the valid pixels and classes,
/// with σ the sigmoid of a class's own logit and t whether the pixel is of the class:
///
///     L = −β t ln σ − (1 − t) ln(1 − σ)        ∂L/∂z = (1 − t) σ − β t (1 − σ)
///
/// β is `pos_weight`, as in PyTorch. Where the labels name one class a pixel, predictions are the class
/// of the highest logit, as with every other loss; where there may be several, the classes of all
/// logits above 0.
package struct BinaryCrossEntropy: Loss {
  package static let name = "bce"
  package static let about = "Mean binary cross-entropy of each class against the rest."
  package static let fields = [positiveWeight.declaration]
  package static let example = "losses: [{bce: {pos_weight: 3}}]"
  package static let readsSingleLogits = true
  package static let reads: [TruthForm] = [.classes, .binaryPlanes]

  static let positiveWeight = Field.number(
    "pos_weight", default: 1, Bounds(above: 0),
    "Weight of a class's own pixels against those of the rest.")

  private let positiveWeight: Double

  package init(_ values: FieldValues) { positiveWeight = values[Self.positiveWeight] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireClasses()
    let positiveWeight = Float(positiveWeight)
    let classes = context.logits.shape.channels
    let hasPlanes = context.truth.form == .binaryPlanes
    return PixelLossKernel(context, planesAreBinary: hasPlanes) {
      ck_binary_cross_entropy(
        $0.layout, $0.logits, $0.labels, hasPlanes ? 1 : 0, positiveWeight,
        $0.gradientScale / Float(classes), $0.gradient, $0.partials, $0.threads) / Double(classes)
    }
  }
}
