internal import CKernels
package import Groundwork

/// Boundary loss, the mean over valid pixels and classes of φ p with p the softmax and φ the signed
/// distance to the boundary of the class (Kervadec et al., MIDL 2019; Medical Image Analysis 2021):
/// the distance to the nearest pixel of the class at pixels outside of it, and 1 minus the distance
/// to the nearest pixel outside at pixels of it, in pixels.
///
/// A class that an image lacks or consists of has φ = 0 there. The loss is negative where the
/// prediction is good. It says nothing of how much of a class there should be, so it goes with a
/// region loss, e.g. generalized_dice.
package struct Boundary: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "boundary"
  package static let about =
    "Distance of what is predicted to the boundary of its class; goes with a region loss."
  package static let fields = [UsedClasses.includeBackground.declaration]
  package static let example = "losses: [generalized_dice, {boundary: {weight: 0.01}}]"

  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    includesBackground = values[UsedClasses.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let used = UsedClasses(
      classes: context.logits.shape.channels, includesBackground: includesBackground)
    let distances = DistanceScratch(context)
    return MapLossKernel(context, .linear, classes: used.count) { input, factors in
      distances.measureClasses(
        input.labels, used: used.flags.pointer, kind: CK_SIGNED_DISTANCE, maps: factors)
    }
  }
}
