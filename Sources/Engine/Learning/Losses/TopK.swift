package import Groundwork

/// Softmax cross-entropy of the k % of the valid pixels that cost most, at least one, divided by
/// their number (Wu, Shen & van den Hengel 2016, "Bridging Category-level and Instance-level Semantic
/// Image Segmentation"; 10 % as in nnU-Net).
package struct TopK: Loss {
  package static let name = "topk"
  package static let about = "Cross-entropy of the part of the pixels with the greatest loss."
  package static let definition =
    "In validation the share is always of each image's pixels, and the loss is the mean "
    + "over all pixels that are kept."
  package static let fields = [k.declaration, batch.declaration]
  package static let example = "losses: [dice, {topk: {k: 10}}]"

  static let k = Field.number(
    "k", default: 10, Bounds(0.001...100), unit: "%", "How many of the valid pixels count.")
  package static let batch = Field.boolean(
    "batch", default: true, "Takes k of the pixels of the batch, instead of each image.")

  private let k: Double
  private let isOverBatch: Bool

  package init(_ values: FieldValues) {
    k = values[Self.k]
    isOverBatch = values[Self.batch]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let k = k
    return HardestPixelsKernel(
      context,
      HardestPixelsKernel.Rule(
        least: { $0 == 0 ? 0 : max(1, Int(k / 100 * Double($0))) }, threshold: .infinity,
        dividesByValid: false, isOverBatch: isOverBatch))
  }
}
