internal import CKernels
internal import Execution
package import Groundwork

/// The loss of star-convex polygons (Schmidt, Weigert, Broaddus and Myers, "Cell Detection with Star-convex
/// Polygons", MICCAI 2018), with p the probability of an object and d_k its reach in R directions:
///
///     L = mean over valid pixels of −q ln p − (1 − q) ln(1 − p)  +  λ Σ q (1/R) Σ_k |d_k − t_k| / Σ q
///
/// q is the distance to the nearest pixel that is not of the same object, as a share of the greatest in the
/// object, and t_k how far the object reaches from the pixel, in pixels; both follow from the ids after
/// augmentation. λ is `distance_weight`, by default that of Weigert et al. (WACV 2020). The sums are over the
/// batch.
package struct StarDist: Loss {
  package static let name = "stardist"
  package static let about =
    "Probability and outlines of objects as star-convex polygons; for decode: stardist."
  package static let fields = [distanceWeight.declaration]
  package static let example = "losses: [{stardist: {distance_weight: 0.2}}]"
  package static let readsSingleLogits = true
  package static let looksAtNeighbors = true
  package static let reads: [TruthForm] = [.starObjects]

  private static let distanceWeight = Field.number(
    "distance_weight", default: 0.2, Bounds(above: 0),
    "What a pixel of error of the outline counts beside the cross-entropy of the probability.")

  private let distanceWeight: Double

  package init(_ values: FieldValues) { distanceWeight = values[Self.distanceWeight] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireHead(
      channels: context.heads[0].layout.shape.channels, "a probability and a channel for each ray")
    return Kernel(context, distanceWeight: distanceWeight)
  }

  private final class Kernel: LossKernel {
    private let layout: TensorLayout
    private let threads: Int32
    private let distanceWeight: Double
    private let rays: StarRays
    private let distances: DistanceScratch
    /// `[65536]`.
    private let greatest = LossScratch<Int32>(repeating: 0, count: Int(Label.max) + 1)
    /// q, `[N, H, W]`.
    private let probabilities: LossScratch<Float>
    /// t, `[N, R, H, W]`.
    private let reaches: LossScratch<Float>
    private let partials: LossScratch<Double>

    init(_ context: LossContext, distanceWeight: Double) {
      layout = context.logits
      threads = Int32(context.threads)
      self.distanceWeight = distanceWeight
      let pixels = layout.shape.batch * layout.shape.area
      rays = StarRays(count: layout.shape.channels - 1)
      distances = DistanceScratch(context)
      probabilities = LossScratch(repeating: 0, count: pixels)
      reaches = LossScratch(repeating: 0, count: pixels * rays.count)
      partials = LossScratch(repeating: 0, count: 2 * Int(ck_pixel_blocks(layout.kernel)))
    }

    func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
      let shape = layout.shape
      let pixels = shape.batch * shape.area
      let valid = Double(ck_valid_count(input.labels, pixels))
      guard valid > 0 else { return .nothing }
      distances.measureOthers(input.labels)
      ck_star_probabilities(
        input.labels, distances.others.pointer, Int32(shape.batch), shape.area, greatest.pointer,
        probabilities.pointer)
      ck_star_distances(
        input.labels, Int32(shape.batch), Int32(shape.height), Int32(shape.width), rays.directions,
        Int32(rays.count), reaches.pointer, threads)
      // Without objects there are no outlines, and nothing is divided by 0.
      let objects = ck_valid_sum(input.labels, probabilities.pointer, pixels)
      let factor = objects > 0 ? distanceWeight / (objects * Double(rays.count)) : 0
      let scales = [Float(Double(weight) / valid), Float(Double(weight) * factor)]
      var sums = [0.0, 0.0]
      ck_star_loss(
        layout.kernel, input.logits, input.labels, probabilities.pointer, reaches.pointer, scales,
        gradients?.logits, partials.pointer, &sums, threads)
      return LossValue(sums[0] / valid + factor * sums[1], of: valid)
    }
  }
}
