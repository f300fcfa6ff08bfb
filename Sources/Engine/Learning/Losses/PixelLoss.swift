internal import CKernels
internal import Execution
internal import Groundwork

/// A loss that is the mean, over the valid pixels, of what each pixel's logits and label cost.
final class PixelLossKernel: LossKernel {
  /// What a kernel in C needs to sum the pixels' losses.
  struct Pass {
    var layout: ck_layout
    var logits: UnsafePointer<Float>
    var labels: UnsafePointer<Label>
    /// What the gradient of the sum is multiplied by before it is added.
    var gradientScale: Float
    var gradient: UnsafeMutablePointer<Float>?
    /// One for each block of pixels.
    var partials: UnsafeMutablePointer<Double>
    var threads: Int32
  }

  private let layout: TensorLayout
  private let threads: Int32
  private let sum: (Pass) -> Double
  private let counts: LabelCounts
  private let partials: LossScratch<Double>
  /// P, how many labels each pixel has.
  private let planes: Int

  /// - Parameter planesAreBinary: whether labels are a plane for each class, of 0 and 1, rather than
  ///   class ids.
  init(
    _ context: LossContext, planesAreBinary: Bool = false, sum: @escaping (Pass) -> Double
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    self.sum = sum
    planes = context.truth.planes
    counts = LabelCounts(
      classes: planesAreBinary ? 2 : layout.shape.channels)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  /// A sum in C of losses that depend on the softmax probability of the label and a parameter, as
  /// `ck_pixel_losses.h` declares them with their formulas.
  typealias FormulaSum =
    @convention(c) (
      _ layout: ck_layout, _ logits: UnsafePointer<Float>?, _ labels: UnsafePointer<Label>?,
      _ classWeights: UnsafePointer<Float>?, _ parameter: Float, _ gradientScale: Float,
      _ gradient: UnsafeMutablePointer<Float>?, _ partials: UnsafeMutablePointer<Double>?,
      _ threads: Int32
    ) -> Double

  /// A loss of the softmax probability of the label, times the weight of its class.
  convenience init(
    _ context: LossContext, _ classWeights: ClassWeights, _ formula: @escaping FormulaSum,
    parameter: Double
  ) throws(ComponentError) {
    try context.requireSoftmax()
    let weights = LossScratch(
      try classWeights.values(for: context.statistics, classes: context.logits.shape.channels)
        .map { Float($0) })
    let parameter = Float(parameter)
    self.init(context) {
      formula(
        $0.layout, $0.logits, $0.labels, weights.pointer, parameter, $0.gradientScale, $0.gradient,
        $0.partials, $0.threads)
    }
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    counts.update(input.labels, count: layout.shape.batch * planes * layout.shape.area)
    let valid = Double(counts.valid) / Double(planes)
    guard valid > 0 else { return .nothing }
    let pass = Pass(
      layout: layout.kernel, logits: input.logits, labels: input.labels,
      gradientScale: Float(Double(weight) / valid), gradient: gradients?.logits,
      partials: partials.pointer, threads: threads)
    return LossValue(sum: sum(pass), of: valid)
  }
}
