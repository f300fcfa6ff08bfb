internal import CKernels
package import Groundwork

/// Hausdorff distance loss by distance transforms, the mean over valid pixels and classes of
/// (p − g)² (d_G^α + d_P^α) with p the softmax and g the one-hot labels (Karimi & Salcudean, IEEE
/// TMI 2020).
///
/// d_G is the distance to the other side of the boundary of the class, in pixels: from outside to the
/// nearest pixel of it, from inside to the nearest pixel outside. d_P is the same of the prediction,
/// the pixels where p is above one half. Both take no part in the gradient. A class that an image
/// lacks or consists of has distances of 0 there.
package struct HausdorffDistance: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "hausdorff_dt"
  package static let about =
    "Squared errors weighed by their distance to the boundaries of truth and prediction."
  package static let fields = [alpha.declaration, UsedClasses.includeBackground.declaration]
  package static let example = "losses: [dice, {hausdorff_dt: {alpha: 2, weight: 0.1}}]"

  static let alpha = Field.number(
    "alpha", default: 2, Bounds(0...4), "Power of the distances: how much far errors count more.")

  private let alpha: Double
  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    alpha = values[Self.alpha]
    includesBackground = values[UsedClasses.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let (alpha, layout) = (Float(alpha), context.logits)
    let used = UsedClasses(classes: layout.shape.channels, includesBackground: includesBackground)
    let distances = DistanceScratch(context)
    let predictions = LossScratch<Label>(
      repeating: 0, count: layout.shape.batch * layout.shape.area)
    let threads = Int32(context.threads)
    return MapLossKernel(context, .squared, classes: used.count) { input, factors in
      distances.measureClasses(
        input.labels, used: used.flags.pointer, kind: CK_DISTANCE_POWER, exponent: alpha,
        maps: factors)
      ck_confident_labels(
        layout.kernel, input.logits, input.labels, predictions.pointer, threads)
      distances.measureClasses(
        predictions.pointer, used: used.flags.pointer, kind: CK_DISTANCE_POWER, exponent: alpha,
        adds: true, maps: factors)
    }
  }
}
