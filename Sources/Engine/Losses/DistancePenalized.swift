internal import CKernels

/// Cross-entropy whose pixels weigh 1 + Φ, with Φ greatest at boundaries (Caliva, Iriondo, Martinez,
/// Majumdar & Pedoia, MIDL 2019):
///
///     Φ = (D − d) / D
///
/// with d the distance of a pixel to the nearest pixel of another label and D the greatest d of its
/// class in its image; 0 in an image of one label. Divided by the number of valid pixels.
public struct DistancePenalized: Loss {
  public static let name = "distance_penalized"
  public static let about = "Cross-entropy that weighs pixels more the nearer to a boundary."
  public static let fields: [FieldDeclaration] = []
  public static let example = "losses: [distance_penalized]"

  public init(_ values: FieldValues) {}

  public func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
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
