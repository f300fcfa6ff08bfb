internal import CKernels
internal import Execution
package import Groundwork

/// Hausdorff distance loss by erosion (Karimi & Salcudean, IEEE TMI 2020): how often the squared
/// errors b_0 = (p − g)² of a class can be eroded says how far they reach from its boundary.
///
///     L = (1/P) Σ_k k^α Σ b_k        b_k = 2 max(0, mean of b_{k−1} over a cross of five − ½)
///
/// with p the softmax, g the one-hot labels, P the number of valid pixels, and the mean over the
/// classes. A blob of errors of 1 stays 1 inside and loses a pixel all round at each step. Outside of
/// the image, and at ignored pixels, b_0 is 0.
package struct HausdorffErosion: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "hausdorff_erosion"
  package static let about = "Squared errors weighed by how many erosions they outlive."
  package static let fields = [
    alpha.declaration, erosions.declaration, UsedClasses.includeBackground.declaration,
  ]
  package static let example = "losses: [dice, {hausdorff_erosion: {erosions: 10, weight: 0.1}}]"

  static let alpha = Field.number(
    "alpha", default: 2, Bounds(0...4), "Power of the number of erosions that are outlived.")
  static let erosions = Field.integer(
    "erosions", default: 10, 1...100, "How many there are: errors farther inside count alike.")

  private let alpha: Double
  private let erosions: Int
  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    alpha = values[Self.alpha]
    erosions = values[Self.erosions]
    includesBackground = values[UsedClasses.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return HausdorffErosionKernel(
      context, strengths: (0...erosions).map { PortableMath.power(Double($0), alpha) },
      used: UsedClasses(
        classes: context.logits.shape.channels, includesBackground: includesBackground))
  }
}

private final class HausdorffErosionKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let used: UsedClasses
  private let counts: LabelCounts
  /// k^α for each number of erosions from 0.
  private let strengths: LossScratch<Float>
  /// `[N, K, H, W]`: squared errors, then the gradient by them.
  private let maps: LossScratch<Float>
  /// `[N, K]`.
  private let values: LossScratch<Double>
  private let eroded: LossScratch<Float>
  private let partials: LossScratch<Double>

  init(_ context: LossContext, strengths: [Double], used: UsedClasses) {
    layout = context.logits
    threads = Int32(context.threads)
    self.used = used
    self.strengths = LossScratch(strengths.map { Float($0) })
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    maps = LossScratch(repeating: 0, count: shape.count)
    values = LossScratch(repeating: 0, count: shape.batch * shape.channels)
    // One plane for each number of erosions and one more, each in a frame.
    eroded = LossScratch(
      repeating: 0,
      count: context.threads * (strengths.count + 1) * (shape.height + 2) * (shape.width + 2))
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    counts.update(input.labels, count: shape.batch * shape.area)
    guard counts.valid > 0 else { return .nothing }
    ck_softmax_errors(layout.kernel, input.logits, input.labels, 1, maps.pointer, threads)
    ck_soft_erosion(
      Int32(values.count), Int32(shape.channels), used.flags.pointer, Int32(shape.height),
      Int32(shape.width), Int32(strengths.count - 1), strengths.pointer, maps.pointer,
      values.pointer, eroded.pointer, threads)

    let terms = Double(counts.valid) * Double(used.count)
    if let gradient = gradients?.logits {
      _ = ck_map_squared(
        layout.kernel, input.logits, input.labels, maps.pointer, Float(Double(weight) / terms),
        gradient, partials.pointer, threads)
    }
    return LossValue(
      sum: (0..<values.count).reduce(0) { $0 + values.pointer[$1] }, of: terms)
  }
}
