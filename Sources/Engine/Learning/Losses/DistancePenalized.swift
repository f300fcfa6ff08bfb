internal import CKernels
package import Groundwork

/// Cross-entropy whose pixels weigh 1 + Φ, with Φ greatest at boundaries (Caliva, Iriondo, Martinez,
/// Majumdar & Pedoia, MIDL 2019):
///
///     Φ = (D − d) / D
///
/// with d the distance of a pixel to the nearest pixel of another label and D the greatest d of its
/// class in its image; 0 in an image of one label. Divided by the number of valid pixels.
package struct DistancePenalized: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "distance_penalized"
  package static let about = "Cross-entropy that weighs pixels more the nearer to a boundary."
  package static let fields: [FieldDeclaration] = []
  package static let example = "losses: [distance_penalized]"

  package init(_ values: FieldValues) {}

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let shape = context.logits.shape
    let distances = DistanceScratch(context)
    return WeightedPixelsKernel(context, dividesByWeights: false) { labels, map in
      distances.measureOthers(labels)
      ck_boundary_penalties(
        labels, distances.others.pointer, Int32(shape.batch), shape.area, map)
    }
  }
}
