package import Groundwork

/// Tversky loss, an overlap whose false alarms and misses weigh differently (Salehi, Erdogmus &
/// Gholipour, MLMI 2017): for each class, over the valid pixels of the batch or of each image,
///
///     T = (TP + s) / (TP + α FP + β FN + s)     TP = Σ p·g     FP = Σ p(1 − g)     FN = Σ (1 − p)g
///
/// with p the softmax, g the one-hot labels and s the `smooth`; L = 1 − the mean of T. Weights of ½
/// make it Dice, weights of 1 Jaccard.
package struct Tversky: Loss {
  package static let name = "tversky"
  package static let about = "One minus an overlap in which misses weigh more than false alarms."
  package static let definition =
    "With absent: keep a class that is not there costs what is predicted of it. "
    + "In validation the ratio is always taken of each image by itself, and the loss is the "
    + "mean over the images."
  package static let fields = [
    falsePositiveWeight.declaration, falseNegativeWeight.declaration, Dice.smooth.declaration,
    Dice.batch.declaration, Dice.absent.declaration, Dice.includeBackground.declaration,
  ]
  package static let example = "losses: [{tversky: {fp_weight: 0.3, fn_weight: 0.7}}]"

  static let falsePositiveWeight = Field.number(
    "fp_weight", default: 0.3, Bounds(atLeast: 0),
    "Weight α of what is predicted but not labelled so.")
  static let falseNegativeWeight = Field.number(
    "fn_weight", default: 0.7, Bounds(atLeast: 0),
    "Weight β of what is labelled so but not predicted.")

  private let index: TverskyIndex

  package init(_ values: FieldValues) { index = TverskyIndex(values) }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return RegionLossKernel(
      context, isSquared: false, isOverBatch: index.isOverBatch, measure: index.loss)
  }
}

/// One minus the Tversky index of a class.
struct TverskyIndex {
  let isOverBatch: Bool
  private let falsePositiveWeight: Double
  private let falseNegativeWeight: Double
  private let smooth: Double
  private let skipsAbsent: Bool
  private let includesBackground: Bool

  /// - Parameter weights: the weights of false positives and false negatives; `nil` for those of
  ///   the values.
  init(_ values: FieldValues, weights: (Double, Double)? = nil) {
    falsePositiveWeight = weights?.0 ?? values[Tversky.falsePositiveWeight]
    falseNegativeWeight = weights?.1 ?? values[Tversky.falseNegativeWeight]
    smooth = values[Dice.smooth]
    isOverBatch = values[Dice.batch]
    skipsAbsent = values[Dice.absent] == "skip"
    includesBackground = values[Dice.includeBackground]
  }

  /// 1 − T of one class and its derivatives, or `nil` where the class is left out of the mean. Where
  /// the denominator Δ is 0, T is 1 and its gradient 0.
  ///
  /// With FP = S − I and FN = T − I, Δ = (1 − α − β) I + α S + β T + s.
  func loss(_ region: RegionSums) -> RegionMeasure? {
    if region.label == 0, !includesBackground { return nil }
    if region.truth == 0, skipsAbsent { return nil }
    let byOverlap = 1 - falsePositiveWeight - falseNegativeWeight
    let denominator =
      byOverlap * region.overlap + falsePositiveWeight * region.prediction
      + falseNegativeWeight * region.truth + smooth
    guard denominator != 0 else { return .nothing }
    let index = (region.overlap + smooth) / denominator
    return RegionMeasure(
      loss: 1 - index, byOverlap: (index * byOverlap - 1) / denominator,
      byPrediction: index * falsePositiveWeight / denominator)
  }
}
