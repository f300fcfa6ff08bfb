internal import CKernels
package import Groundwork

/// Soft Dice, the overlap of prediction and truth (Milletari, Navab & Ahmadi, 3DV 2016): for each
/// class, over the valid pixels of the batch or of each image,
///
///     D = (2I + s) / (S + T + s)     I = Σ p·g     S = Σ p or Σ p²     T = Σ g
///
/// with p the softmax, g the one-hot labels and s the `smooth`; L = 1 − the mean of D.
///
/// With U = S + T + s, ∂D/∂p = (2g − (2I + s)/U) / U for S = Σ p; for S = Σ p² the second term is
/// multiplied by 2p. Where U is 0, D is 1 and its gradient 0.
package struct Dice: Loss {
  package static let name = "dice"
  package static let about = "One minus the mean overlap (soft Dice) of the classes."
  package static let definition =
    "With absent: keep a class that is not there costs what is predicted of it, 1 - "
    + "smooth / (S + smooth) with S its predicted volume, and its loss is 0 only where "
    + "nothing is. In validation the ratio is always taken of each image by itself, and the "
    + "loss is the mean over the images."
  package static let fields = [
    smooth.declaration, denominator.declaration, batch.declaration, absent.declaration,
    includeBackground.declaration,
  ]
  package static let example = "losses: [{dice: {smooth: 1, denominator: sum}}]"

  static let smooth = Field.number(
    "smooth", default: 1, Bounds(atLeast: 0), unit: "pixels",
    "Added above and below the ratio: steadies classes of few pixels.")
  static let denominator = Field.name(
    "denominator", default: "sum", oneOf: ["sum", "squared"],
    "Takes the sum of the probabilities, or of their squares, as the volume of the prediction.")
  package static let batch = Field.boolean(
    "batch", default: true,
    "One ratio a class over the whole batch, which small classes make less noisy, instead of one "
      + "an image.")
  static let absent = Field.name(
    "absent", default: "keep", oneOf: ["keep", "skip"],
    "A class without labelled pixels: keep punishes predicting it, skip leaves it out of the mean; "
      + "with a smooth below 0.01 skip, since keep then has gradients of up to 1 / smooth.")
  static let includeBackground = Field.boolean(
    "include_background", default: true, "Class 0 is part of the mean.")

  private let smooth: Double
  private let isSquared: Bool
  private let isOverBatch: Bool
  private let skipsAbsent: Bool
  private let includesBackground: Bool

  package init(_ values: FieldValues) throws(ComponentError) {
    smooth = values[Self.smooth]
    isSquared = values[Self.denominator] == "squared"
    isOverBatch = values[Self.batch]
    skipsAbsent = values[Self.absent] == "skip"
    includesBackground = values[Self.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return RegionLossKernel(
      context, isSquared: isSquared, isOverBatch: isOverBatch, measure: measure)
  }

  /// 1 − D of one class and its derivatives, or `nil` where the class is left out of the mean.
  private func measure(_ region: RegionSums) -> RegionMeasure? {
    if region.label == 0, !includesBackground { return nil }
    if region.truth == 0, skipsAbsent { return nil }
    let union = region.prediction + region.truth + smooth
    guard union != 0 else { return RegionMeasure(loss: 0, byOverlap: 0, byPrediction: 0) }
    let dice = (2 * region.overlap + smooth) / union
    return RegionMeasure(loss: 1 - dice, byOverlap: -2 / union, byPrediction: dice / union)
  }
}
