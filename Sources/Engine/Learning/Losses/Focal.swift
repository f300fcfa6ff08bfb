internal import CKernels
package import Groundwork

/// Focal loss, the mean over the valid pixels of −α_y (1 − p_y)^γ ln p_y with p the softmax (Lin,
/// Goyal, Girshick, He & Dollár, ICCV 2017): pixels that are right already count little.
///
/// ∂L/∂z_c = A (p_c − [c = y]) with A = α_y ((1 − p_y)^γ − γ p_y (1 − p_y)^(γ − 1) ln p_y). A γ of
/// 0 is cross-entropy; α are the class weights.
package struct Focal: Loss {
  package static let name = "focal"
  package static let about = "Cross-entropy that turns away from the pixels that are right already."
  package static let fields = [gamma.declaration, ClassWeights.field.declaration]
  package static let example = "losses: [{focal: {gamma: 2}}]"

  static let gamma = Field.number(
    "gamma", default: 2, Bounds(0...10),
    "How little a pixel counts that is nearly right; 0 is cross-entropy.")

  private let gamma: Double
  private let classWeights: ClassWeights

  package init(_ values: FieldValues) {
    gamma = values[Self.gamma]
    classWeights = ClassWeights(values[ClassWeights.field])
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try PixelLossKernel(context, classWeights, ck_focal, parameter: gamma)
  }
}
