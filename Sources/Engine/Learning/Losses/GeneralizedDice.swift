package import Groundwork

/// Generalized Dice, one ratio over all classes that weighs each by the inverse of its size (Sudre,
/// Li, Vercauteren, Ourselin & Cardoso, DLMIA 2017): over the valid pixels of each image or of the
/// batch,
///
///     L = 1 − 2 Σ_c w_c I / Σ_c w_c (S + T)     I = Σ p·g     S = Σ p     T = Σ g     w_c = 1/T²
///
/// with p the softmax and g the one-hot labels.
package struct GeneralizedDice: Loss {
  package static let name = "generalized_dice"
  package static let about =
    "One minus the overlap of all classes, each weighed by its inverse size."
  package static let definition =
    "In validation the ratio is always taken of each image by itself, and the loss is the "
    + "mean over the images."
  package static let fields = [
    weighting.declaration, absent.declaration, batch.declaration,
  ]
  package static let example = "losses: [{generalized_dice: {weighting: square}}]"

  static let weighting = Field.name(
    "weighting", default: "square", oneOf: ["square", "simple", "uniform"],
    "Weight of a class of T pixels: 1/T², 1/T, or 1.")
  static let absent = Field.name(
    "absent", default: "max", oneOf: ["max", "zero"],
    "Weight of a class without labelled pixels: the greatest of the others, as NiftyNet, or 0.")
  package static let batch = Field.boolean(
    "batch", default: false, "One ratio over the whole batch instead of one an image.")

  private let exponent: Int
  private let punishesAbsent: Bool
  private let isOverBatch: Bool

  package init(_ values: FieldValues) {
    let name = values[Self.weighting]
    exponent = name == "square" ? 2 : name == "simple" ? 1 : 0
    punishesAbsent = values[Self.absent] == "max"
    isOverBatch = values[Self.batch]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return RegionLossKernel(
      context, isSquared: false, isOverBatch: isOverBatch, measureUnit: measure)
  }

  private func measure(_ unit: RegionUnit) -> (loss: Double, terms: Int) {
    let fewest = unit.regions.reduce(.infinity) { $1.truth > 0 ? min($0, $1.truth) : $0 }
    return unit.weightedDice { region in
      if region.truth == 0, !punishesAbsent { return 0 }
      return 1 / PortableMath.power(region.truth > 0 ? region.truth : fewest, exponent)
    }
  }
}
