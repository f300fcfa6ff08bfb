package import Groundwork

/// Online hard example mining: softmax cross-entropy of the pixels whose true class has a
/// probability below `thresh`, and at least of the `min_kept` that cost most (Shrivastava, Gupta &
/// Girshick, CVPR 2016; the defaults are PaddleSeg's).
package struct OnlineHardExamples: Loss {
  package static let name = "ohem"
  package static let about =
    "Cross-entropy of the pixels that are not yet right with some certainty."
  package static let definition =
    "In validation min_kept is always of each image, and the loss is the mean over all "
    + "pixels that are kept, or over all labelled ones."
  package static let fields = [
    thresh.declaration, minKept.declaration, normalize.declaration, batch.declaration,
  ]
  package static let example = "losses: [{ohem: {thresh: 0.7, min_kept: 10000}}]"

  static let thresh = Field.number(
    "thresh", default: 0.7, Bounds(0.001...1),
    "A pixel counts while the probability of its class is below.")
  static let minKept = Field.integer(
    "min_kept", default: 10_000, 1...Int(Int32.max), unit: "pixels",
    "At least so many count, as far as there are valid ones.")
  static let normalize = Field.name(
    "normalize", default: "kept", oneOf: ["kept", "valid"],
    "Divide by the number of pixels that count, as PaddleSeg, or of all valid ones, as MMSegmentation "
      + "does.")
  package static let batch = Field.boolean(
    "batch", default: true, "Counts min_kept over the batch, instead of over each image.")

  private let thresh: Double
  private let minKept: Int
  private let dividesByValid: Bool
  private let isOverBatch: Bool

  package init(_ values: FieldValues) {
    thresh = values[Self.thresh]
    minKept = values[Self.minKept]
    dividesByValid = values[Self.normalize] == "valid"
    isOverBatch = values[Self.batch]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let minKept = minKept
    return HardestPixelsKernel(
      context,
      HardestPixelsKernel.Rule(
        least: { min(minKept, $0) }, threshold: Float(-PortableMath.logarithm(thresh)),
        dividesByValid: dividesByValid, isOverBatch: isOverBatch))
  }
}
