package import Groundwork

/// DeepDetect's weighted Dice: for each image one ratio over all of its classes, small ones weighing
/// more,
///
///     D = 2 Σ_c w_c I / Σ_c w_c (S + T)     I = Σ p·g     S = Σ p²     T = Σ g
///
/// over the valid pixels, with p the softmax, g the one-hot labels and w_c = (1 + n_c)^−2 for the n_c
/// pixels that class c has in the image, or another power; L = 1 − the mean of D over the images
/// (`DiceCoefLoss` of jolibrain's Caffe). Caffe takes the softmax of logits scaled to mean 0 and
/// variance 1, as `mvn` does here. The gradient is that of L, where Caffe's lacks the 1/N; ignored
/// pixels count nowhere.
package struct DiceWeighted: Loss {
  package static let name = "dice_weighted"
  package static let about =
    "DeepDetect's Dice over all classes at once, weighed by their pixels in the image."
  package static let definition =
    "In validation the loss is the mean over the images."
  package static let fields = [
    VolumeWeighting.field.declaration, StandardizedLogitsKernel.field.declaration,
  ]
  package static let example = "losses: [{dice_weighted: {weighting: inverse_volume}}]"

  private let weighting: VolumeWeighting
  private let standardizes: Bool

  package init(_ values: FieldValues) {
    weighting = VolumeWeighting(values[VolumeWeighting.field])
    standardizes = values[StandardizedLogitsKernel.field]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let weighting = weighting
    let kernel = RegionLossKernel(context, isSquared: true, isOverBatch: false) {
      $0.weightedDice { weighting.weight(ofPixels: $0.truth) }
    }
    return standardizes ? StandardizedLogitsKernel(context, kernel) : kernel
  }
}
