internal import CKernels
internal import Execution
package import Groundwork

/// The energy of a conditional random field over the pixels within a window (Obukhov, Georgoulis, Dai & Van Gool,
/// "Gated CRF Loss for Weakly Supervised Semantic Image Segmentation", 2019): what neighbors that look alike cost
/// where the network takes them for different classes,
///
///     L = (1/Σ dᵢ) Σᵢ dᵢ Σ_{j ≠ i, |yᵢ − yⱼ| ≤ r, |xᵢ − xⱼ| ≤ r} kᵢⱼ (1 − Σ_c pᵢ(c) pⱼ(c))
///     kᵢⱼ = exp(−|(y, x)ᵢ − (y, x)ⱼ|² / 2σ² − |Iᵢ − Iⱼ|² / 2σ_I²)
///
/// with p the softmax and I the values that the network sees. The gate d opens at unlabelled pixels, or at all.
/// Neighbors beyond the image are left out. It compares nothing with labels, so that evaluations leave it out.
package struct GatedCRF: Loss {
  package static let name = "gated_crf"
  package static let about =
    "Energy of a CRF: neighbors that look alike are to be of one class, labelled or not."
  package static let definition =
    "For sparse labels (scribbles, points), beside a loss that compares with them. It is taken in training alone."
  package static let fields = [
    radius.declaration, distanceDeviation.declaration, colourDeviation.declaration,
    gate.declaration,
  ]
  package static let example = "losses: [cross_entropy, {gated_crf: {weight: 0.01, radius: 5}}]"
  package static let looksAtNeighbors = true
  package static let readsImages = true

  static let radius = Field.integer(
    "radius", default: 5, 1...15, unit: "pixels", "How far away, along each axis, neighbors are.")
  static let distanceDeviation = Field.number(
    "distance_deviation", default: 6, Bounds(0.1...1000), unit: "pixels",
    "σ, the standard deviation of the distance.")
  static let colourDeviation = Field.number(
    "color_deviation", default: 0.5, Bounds(0.001...1000),
    "σ_I, the standard deviation of the difference in value, in units of the network's input: with normalize: "
      + "dataset the standard deviation of the training images.")
  static let gate = Field.name(
    "gate", default: "all", oneOf: ["all", "unlabelled"],
    "At which pixels a pair begins: all, or those that no label is known of.")

  private let kernel: ck_gated_crf_kernel
  private let opensAtUnlabelled: Bool

  package init(_ values: FieldValues) {
    let (distance, colour) = (values[Self.distanceDeviation], values[Self.colourDeviation])
    kernel = ck_gated_crf_kernel(
      radius: Int32(values[Self.radius]), distance_factor: Float(1 / (2 * distance * distance)),
      colour_factor: Float(1 / (2 * colour * colour)))
    opensAtUnlabelled = values[Self.gate] == "unlabelled"
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return Kernel(context, kernel, opensAtUnlabelled: opensAtUnlabelled)
  }

  private final class Kernel: LossKernel {
    private let layout: TensorLayout
    private let threads: Int32
    private let kernel: ck_gated_crf_kernel
    private let opensAtUnlabelled: Bool
    /// `[N, H, W]`: probabilities and gradients are of all pixels, labelled or not.
    private let valid: LossScratch<Label>
    /// p and the slopes by it, `[N, K, H, W]`.
    private let probabilities: LossScratch<Float>
    private let slopes: LossScratch<Float>
    /// A sum for each row of each image.
    private let partials: LossScratch<Double>

    init(_ context: LossContext, _ kernel: ck_gated_crf_kernel, opensAtUnlabelled: Bool) {
      layout = context.logits
      threads = Int32(context.threads)
      (self.kernel, self.opensAtUnlabelled) = (kernel, opensAtUnlabelled)
      let shape = layout.shape
      valid = LossScratch(repeating: 0, count: shape.batch * shape.area)
      probabilities = LossScratch(repeating: 0, count: shape.count)
      slopes = LossScratch(repeating: 0, count: shape.count)
      partials = LossScratch(repeating: 0, count: shape.batch * shape.height)
    }

    func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
      guard let images = input.images else { preconditionFailure("no images are given") }
      let shape = layout.shape
      let pixels = shape.batch * shape.area
      let open = opensAtUnlabelled ? pixels - ck_valid_count(input.labels, pixels) : pixels
      guard open > 0 else { return .nothing }
      ck_softmax(layout.kernel, input.logits, valid.pointer, 1, probabilities.pointer, threads)
      let sum = ck_gated_crf(
        ck_gated_crf_shape(
          images: Int32(shape.batch), classes: Int32(shape.channels),
          channels: Int32(images.channels), height: Int32(shape.height), width: Int32(shape.width)),
        kernel, images.values + input.firstSample * images.channels * shape.area,
        probabilities.pointer, opensAtUnlabelled ? input.labels : nil,
        gradients == nil ? nil : slopes.pointer, partials.pointer, threads)
      if let gradient = gradients?.logits {
        ck_softmax_gradient(
          layout.kernel, input.logits, valid.pointer, 1, slopes.pointer,
          Float(Double(weight) / Double(open)), gradient, threads)
      }
      return LossValue(sum: sum, of: Double(open))
    }
  }
}
