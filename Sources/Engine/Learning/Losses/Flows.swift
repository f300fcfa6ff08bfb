internal import CKernels
internal import Execution
package import Groundwork

/// The loss of flows to the centres of objects (Stringer, Wang, Michaelos and Pachitariu, "Cellpose: a
/// generalist algorithm for cellular segmentation", Nature Methods 2021), with p the probability of an object
/// and z the flows that a network says, down and right:
///
///     L = mean over valid pixels of −q ln p − (1 − q) ln(1 − p)  +  ½ mean over these and both of (z − 5 f)²
///
/// q is 1 in objects, and f the direction in which heat rises that spreads from the object's centre, of length
/// 1; both follow from the ids after augmentation.
package struct Flows: Loss {
  package static let name = "flows"
  package static let about =
    "Probability of objects and flows to their centres; for decode: flows."
  package static let fields: [FieldDeclaration] = []
  package static let example = "losses: flows"
  package static let readsSingleLogits = true
  package static let looksAtNeighbors = true
  package static let reads: [TruthForm] = [.flowObjects]

  package init(_ values: FieldValues) {}

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireHead(channels: 3, "a probability and two flows")
    return Kernel(context)
  }

  private final class Kernel: LossKernel {
    private let layout: TensorLayout
    private let threads: Int32
    /// f, `[N, 2, H, W]`.
    private let flows: LossScratch<Float>
    private let scratch: LossScratch<UInt8>
    private let partials: LossScratch<Double>

    init(_ context: LossContext) {
      layout = context.logits
      threads = Int32(context.threads)
      let shape = layout.shape
      flows = LossScratch(repeating: 0, count: 2 * shape.batch * shape.area)
      let bytes = ck_flows_scratch(Int32(shape.height), Int32(shape.width))
      scratch = LossScratch(repeating: 0, count: bytes * min(context.threads, shape.batch))
      partials = LossScratch(repeating: 0, count: 2 * Int(ck_pixel_blocks(layout.kernel)))
    }

    func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
      let shape = layout.shape
      let valid = Double(ck_valid_count(input.labels, shape.batch * shape.area))
      guard valid > 0 else { return .nothing }
      ck_flows(
        input.labels, Int32(shape.batch), Int32(shape.height), Int32(shape.width), flows.pointer,
        scratch.pointer, threads)
      let scales = [Float(Double(weight) / valid), Float(Double(weight) / (2 * valid))]
      var sums = [0.0, 0.0]
      ck_flows_loss(
        layout.kernel, input.logits, input.labels, flows.pointer, scales, gradients?.logits,
        partials.pointer, &sums, threads)
      return LossValue((sums[0] + sums[1] / 4) / valid, of: valid)
    }
  }
}
