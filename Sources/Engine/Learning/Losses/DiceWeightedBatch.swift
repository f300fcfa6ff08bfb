package import Groundwork

/// DeepDetect's weighted Dice with the weights of the batch: ``DiceWeighted`` with n_c the mean number
/// of pixels that class c has in the images of the batch (`DiceCoefLoss` of jolibrain's Caffe). The
/// ratio is still one of each image.
package struct DiceWeightedBatch: Loss {
  package static let name = "dice_weighted_batch"
  package static let about =
    "DeepDetect's Dice over all classes at once, weighed by their pixels in the batch."
  package static let definition =
    "In validation each image is a batch by itself, so that it is dice_weighted, and the "
    + "loss is the mean over the images."
  package static let fields = [
    VolumeWeighting.field.declaration, StandardizedLogitsKernel.field.declaration,
  ]
  package static let example = "losses: [{dice_weighted_batch: {weighting: inverse_volume}}]"

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
      $0.weightedDice { weighting.weight(ofPixels: $0.meanTruth) }
    }
    return standardizes ? StandardizedLogitsKernel(context, kernel) : kernel
  }
}
