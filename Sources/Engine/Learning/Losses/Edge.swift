internal import CKernels
internal import Execution
package import Groundwork

/// Class-balanced binary cross-entropy of a head of edges, the mean over the valid pixels (Xie & Tu,
/// ICCV 2015; Takikawa, Acuna, Jampani & Fidler, "Gated-SCNN", ICCV 2019). With z the logit of an edge,
/// P the number of valid pixels and E of those the edges:
///
///     L = (1/P) Σ w (−ln σ(z) at edges, −ln(1 − σ(z)) elsewhere)
///     w = (P − E)/P at edges, E/P elsewhere        ∂L/∂z = (w/P) (σ(z) − [edge])
///
/// An edge is a pixel whose distance to the boundary of any class is at most the radius: to the
/// nearest pixel of the class from outside of it, to the nearest pixel of another from inside, between
/// the pixels' centres. That is a pixel with one of another label within the radius, the background's
/// being a label too.
///
/// Ignored pixels are of no class. So what borders on them alone is no edge, nor is what borders on
/// the frame of the image, where the authors' code sees edges, though a crop can end anywhere.
///
/// A batch without an edge, or of edges alone, costs nothing.
package struct Edge: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "edge"
  package static let about =
    "Cross-entropy of the template's edge head, edges and the rest weighing alike."
  package static let definition =
    "In training edges and the rest are balanced over the batch, in validation over each "
    + "image; the validation loss is the mean over all labelled pixels."
  package static let fields = [radius.declaration]
  package static let example =
    "template: {name: unet, edge_head: true}\nlosses: [cross_entropy, {edge: {radius: 2}}]"

  static let radius = Field.number(
    "radius", default: 2, Bounds(1...32), unit: "pixels",
    "How far a pixel may be from one of another class to be part of an edge.")

  private let radius: Double

  package init(_ values: FieldValues) { radius = values[Self.radius] }

  package static var head: LossHead { .edges }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireClassCount()
    try context.requireHead(channels: 1, "one channel for edges")
    return EdgeKernel(context.logits, radius: radius, threads: context.threads)
  }
}

private final class EdgeKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  /// Squared distances are integers.
  private let reach: Int32
  /// `[N, H, W]`: 0, the edge head's one class, or 1.
  private let truth: LossScratch<Label>
  private let counts = LabelCounts(classes: 2)
  private let partials: LossScratch<Double>

  init(_ layout: TensorLayout, radius: Double, threads: Int) {
    self.layout = layout
    self.threads = Int32(threads)
    reach = Int32(radius * radius)
    truth = LossScratch(repeating: 0, count: layout.shape.batch * layout.shape.area)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    ck_edge_labels(
      input.labels, Int32(shape.batch), Int32(shape.height), Int32(shape.width), reach,
      truth.pointer, threads)
    counts.update(truth.pointer, count: truth.count)
    let (edge, other) = (Double(counts[0]), Double(counts[1]))
    let valid = edge + other
    guard valid > 0 else { return .nothing }
    // What both weights have in common stands before the sum.
    let common = edge / (valid * valid)
    let sum = ck_binary_cross_entropy(
      layout.kernel, input.logits, truth.pointer, 0, edge > 0 ? Float(other / edge) : 0,
      Float(Double(weight) * common), gradients?.logits, partials.pointer, threads)
    return LossValue(common * sum, of: valid)
  }
}
