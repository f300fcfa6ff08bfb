/// DeepDetect's multi-class Dice: for each image one ratio over all of its classes,
///
///     D = (2 Σ_c I + s) / (Σ_c (S + T) + s)     I = Σ p·g     S = Σ p²     T = Σ g
///
/// over the valid pixels, with p the softmax, g the one-hot labels and s = 1/N; L = 1 − the mean of D
/// over the N images (`DiceCoefLoss` of jolibrain's Caffe). Large classes rule it: see dice for a
/// mean over classes. The gradient is that of L; Caffe's lacks the 1/N.
public struct DiceMulticlass: Loss {
  public static let name = "dice_multiclass"
  public static let about = "DeepDetect's Dice over all classes at once: one ratio an image."
  public static let fields: [FieldDeclaration] = []
  public static let example = "losses: [dice_multiclass]"

  public init(_ values: FieldValues) {}

  public func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let smooth = 1 / Double(context.logits.shape.batch)
    return RegionLossKernel(context, isSquared: true, isOverBatch: false) {
      $0.weightedDice(smooth: smooth) { _ in 1 }
    }
  }
}
