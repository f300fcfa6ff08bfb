internal import CKernels
package import Groundwork

/// Generalized cross-entropy, the mean over the valid pixels of w_y (1 − p_y^q) / q with p the softmax
/// (Zhang & Sabuncu, NeurIPS 2018): between cross-entropy (q near 0) and the mean absolute error
/// (q = 1), which wrong labels move less.
///
/// ∂L/∂z_c = w_y p_y^q (p_c − [c = y]).
package struct GeneralizedCrossEntropy: Loss {
  package static let name = "generalized_cross_entropy"
  package static let about = "Cross-entropy that wrong labels move less, for masks with mistakes."
  package static let fields = [exponent.declaration, ClassWeights.field.declaration]
  package static let example = "losses: [{generalized_cross_entropy: {q: 0.5}}]"

  static let exponent = Field.number(
    "q", default: 0.7, Bounds(1e-3...1),
    "How little a pixel counts that contradicts its label: near 0 is cross-entropy, 1 is the mean "
      + "absolute error.")

  private let exponent: Double
  private let classWeights: ClassWeights

  package init(_ values: FieldValues) {
    exponent = values[Self.exponent]
    classWeights = ClassWeights(values[ClassWeights.field])
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try PixelLossKernel(
      context, classWeights, ck_generalized_cross_entropy, parameter: exponent)
  }
}
