internal import CKernels
internal import Execution
package import Groundwork

/// Softmax cross-entropy over the valid pixels that the edge head takes for edges, those whose
/// probability σ(z) of an edge is above the threshold, divided by their number (Takikawa, Acuna, Jampani
/// & Fidler, "Gated-SCNN", ICCV 2019; 0.8 as in their code). 0 where there are none.
///
/// The choice takes no part in the gradient: the edge head learns from ``Edge``.
package struct EdgeAttention: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "edge_attention"
  package static let about =
    "Cross-entropy of the pixels that the edge head takes for edges; goes with cross_entropy and edge."
  package static let definition =
    "In validation the loss is the mean over all pixels that are taken for edges; without "
    + "one there is no value."
  package static let fields = [threshold.declaration]
  package static let example =
    "template: {name: unet, edge_head: true}\nlosses: [cross_entropy, edge, edge_attention]"

  static let threshold = Field.number(
    "threshold", default: 0.8, Bounds(0.001...0.999),
    "Probability of an edge above which a pixel counts.")

  package static var otherHeads: [LossHead] { [.edges] }

  private let threshold: Double

  package init(_ values: FieldValues) { threshold = values[Self.threshold] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return EdgeAttentionKernel(
      context, edges: try context.index(of: .edges),
      threshold: PortableMath.logarithm(threshold / (1 - threshold)))
  }
}

private final class EdgeAttentionKernel: LossKernel {
  private let layout: TensorLayout
  /// Which head it takes edges from, and how that lies.
  private let edges: (head: Int, layout: TensorLayout)
  private let threads: Int32
  /// As a logit.
  private let threshold: Float
  private let counts: LabelCounts
  /// `[N, H, W]`: the labels of the pixels that count; others are ignored.
  private let attended: LossScratch<Label>
  private let classWeights: LossScratch<Float>
  private let partials: LossScratch<Double>

  init(_ context: LossContext, edges: Int, threshold: Double) {
    layout = context.logits
    self.edges = (edges, context.heads[edges].layout)
    threads = Int32(context.threads)
    self.threshold = Float(threshold)
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    attended = LossScratch(repeating: 0, count: shape.batch * shape.area)
    classWeights = LossScratch(repeating: 1, count: shape.channels)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let notANumber = ck_attended_labels(
      edges.layout.kernel, input.values(ofHead: edges.head, edges.layout), input.labels, threshold,
      attended.pointer, partials.pointer,
      threads)
    counts.update(attended.pointer, count: attended.count)
    let number = Double(counts.valid)
    guard number > 0 else { return .nothing(notANumber) }
    let sum = ck_cross_entropy(
      layout.kernel, input.logits, attended.pointer, classWeights.pointer, 0, nil,
      Float(Double(weight) / number), gradients?.logits, partials.pointer, threads)
    return LossValue(sum / number + notANumber, of: number)
  }
}
