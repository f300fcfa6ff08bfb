internal import CKernels
package import Groundwork

/// The one-sided Hausdorff distance loss (Karimi & Salcudean, IEEE TMI 2020): ``HausdorffDistance``
/// without the distances to the prediction, (p − g)² d_G^α. Cheaper, as it transforms the labels
/// alone; blind to classes that an image lacks.
package struct HausdorffOneSided: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "hausdorff_dt_onesided"
  package static let about = "Squared errors weighed by their distance to the boundaries of truth."
  package static let fields = [
    HausdorffDistance.alpha.declaration, UsedClasses.includeBackground.declaration,
  ]
  package static let example = "losses: [dice, {hausdorff_dt_onesided: {alpha: 2, weight: 0.1}}]"

  private let alpha: Double
  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    alpha = values[HausdorffDistance.alpha]
    includesBackground = values[UsedClasses.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let alpha = Float(alpha)
    let used = UsedClasses(
      classes: context.logits.shape.channels, includesBackground: includesBackground)
    let distances = DistanceScratch(context)
    return MapLossKernel(context, .squared, classes: used.count) { input, factors in
      distances.measureClasses(
        input.labels, used: used.flags.pointer, kind: CK_DISTANCE_POWER, exponent: alpha,
        maps: factors)
    }
  }
}
