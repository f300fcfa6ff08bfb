package import Groundwork

/// DeepDetect's multi-class Dice: for each image one ratio over all of its classes,
///
///     D = (2 Σ_c I + s) / (Σ_c (S + T) + s)     I = Σ p·g     S = Σ p²     T = Σ g
///
/// over the valid pixels, with p the softmax, g the one-hot labels and s = 1/N; L = 1 − the mean of D
/// over the N images (`DiceCoefLoss` of jolibrain's Caffe). Large classes rule it: see dice for a
/// mean over classes. Caffe takes the softmax of logits scaled to mean 0 and variance 1, as `mvn` does
/// here. The gradient is that of L; Caffe's lacks the 1/N.
package struct DiceMulticlass: Loss {
  package static let name = "dice_multiclass"
  package static let about = "DeepDetect's Dice over all classes at once: one ratio an image."
  package static let definition =
    "In validation the loss is the mean over the images."
  package static let fields = [StandardizedLogitsKernel.field.declaration]
  package static let example = "losses: [dice_multiclass]"

  private let standardizes: Bool

  package init(_ values: FieldValues) { standardizes = values[StandardizedLogitsKernel.field] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let smooth = 1 / Double(context.logits.shape.batch)
    let kernel = RegionLossKernel(context, isSquared: true, isOverBatch: false) {
      $0.weightedDice(smooth: smooth) { _ in 1 }
    }
    return standardizes ? StandardizedLogitsKernel(context, kernel) : kernel
  }
}
