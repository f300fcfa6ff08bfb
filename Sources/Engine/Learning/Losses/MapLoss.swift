internal import CKernels
internal import Execution
internal import Groundwork

/// A loss that multiplies, for every pixel and class, a function of the probability by a factor that
/// takes no part in the gradient, such as a distance: the mean over valid pixels and used classes.
final class MapLossKernel: LossKernel {
  enum Measure {
    /// Σ factor · p
    case linear
    /// Σ factor · (p − [labelled so])²
    case squared
  }

  private let layout: TensorLayout
  private let threads: Int32
  private let measure: Measure
  private let classes: Int
  private let makeFactors: (LossInput, UnsafeMutablePointer<Float>) -> Void
  private let counts: LabelCounts
  /// `[N, K, H, W]`; 0 for classes that are not used.
  private let factors: LossScratch<Float>
  private let partials: LossScratch<Double>

  /// - Parameters:
  ///   - classes: how many are used.
  ///   - makeFactors: sets the factors of the used classes.
  init(
    _ context: LossContext, _ measure: Measure, classes: Int,
    makeFactors: @escaping (LossInput, UnsafeMutablePointer<Float>) -> Void
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    self.measure = measure
    self.classes = classes
    self.makeFactors = makeFactors
    counts = LabelCounts(classes: layout.shape.channels)
    factors = LossScratch(repeating: 0, count: layout.shape.count)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    counts.update(input.labels, count: layout.shape.batch * layout.shape.area)
    guard counts.valid > 0 else { return .nothing }
    makeFactors(input, factors.pointer)
    let terms = Double(counts.valid) * Double(classes)
    let sum = measure == .linear ? ck_map_linear : ck_map_squared
    return LossValue(
      sum: sum(
        layout.kernel, input.logits, input.labels, factors.pointer,
        Float(Double(weight) / terms), gradients?.logits, partials.pointer, threads), of: terms)
  }
}

/// Which classes take part in a loss, as the C kernels want to know it.
struct UsedClasses {
  static let includeBackground = Field.boolean(
    "include_background", default: false, "Class 0 takes part besides the others.")

  /// `[K]`: 1 for classes that take part.
  let flags: LossScratch<UInt8>
  let count: Int

  init(classes: Int, includesBackground: Bool) {
    flags = LossScratch(repeating: 1, count: classes)
    if !includesBackground { flags.pointer[0] = 0 }
    count = includesBackground ? classes : classes - 1
  }
}
