internal import CKernels
package import Groundwork

/// Cross-entropy with U-Net's weight map, which presses for the background between objects that
/// nearly touch (Ronneberger, Fischer & Brox, MICCAI 2015):
///
///     ω(x) = w_y + w₀ e^(−(d₁ + d₂)² / 2σ²)
///
/// with w_y the class weight and d₁, d₂ the distances to the nearest and the second nearest object,
/// in pixels. Objects are 8-connected pixels of one class other than 0, the background. Where an
/// image has fewer than two, or the second is farther than 4.3 σ, where the term is below w₀ · 1e-4,
/// only w_y counts. The map is made from the labels as they come out of augmentation.
package struct BorderWeighted: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "border_weighted"
  package static let about =
    "Cross-entropy with U-Net's weights for the gaps between objects that nearly touch."
  package static let fields = [
    w0.declaration, sigma.declaration, borderOn.declaration, ClassWeights.field.declaration,
    CrossEntropy.normalize.declaration,
  ]
  package static let example = "losses: [{border_weighted: {w0: 10, sigma: 5}}]"

  static let w0 = Field.number(
    "w0", default: 10, Bounds(atLeast: 0), "What a gap of no width adds to the weight of a pixel.")
  static let sigma = Field.number(
    "sigma", default: 5, Bounds(0.1...1000), unit: "pixels",
    "How wide a gap may be: at d1 + d2 = sigma, 0.61 of w0 is added.")
  static let borderOn = Field.name(
    "border_on", default: "background", oneOf: ["background", "all"],
    "Which pixels the term is added to: those of class 0, or those of objects too.")

  private let w0: Double
  private let sigma: Double
  private let isEverywhere: Bool
  private let classWeights: ClassWeights
  private let dividesByWeights: Bool

  package init(_ values: FieldValues) {
    w0 = values[Self.w0]
    sigma = values[Self.sigma]
    isEverywhere = values[Self.borderOn] == "all"
    classWeights = ClassWeights(values[ClassWeights.field])
    dividesByWeights = values[CrossEntropy.normalize] == "weights"
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    let shape = context.logits.shape
    let weights = LossScratch(
      try classWeights.values(for: context.statistics, classes: shape.channels).map { Float($0) })

    let scratch = LossScratch<Int32>(repeating: 0, count: 5 * shape.batch * shape.area)
    let reach = Int32((4.3 * sigma).rounded(.up))
    let (w0, sigma, everywhere) = (Float(w0), Float(sigma), Int32(isEverywhere ? 1 : 0))
    let threads = Int32(context.threads)
    return WeightedPixelsKernel(context, dividesByWeights: dividesByWeights) { labels, map in
      ck_label_values(
        labels, weights.pointer, Int32(weights.count), shape.batch * shape.area, map)
      ck_border_weights(
        labels, Int32(shape.batch), Int32(shape.height), Int32(shape.width), w0, sigma, reach,
        everywhere, map, scratch.pointer, threads)
    }
  }
}
