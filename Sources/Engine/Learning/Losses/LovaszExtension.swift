internal import CKernels
internal import Execution
internal import Groundwork

/// The Lovász extension of the Jaccard loss of each class, mean over the classes of a unit and over
/// units, each one image or the whole batch (Berman, Rannen Triki & Blaschko, CVPR 2018). With the
/// errors e of the unit's valid pixels sorted, greatest first,
///
///     L_c = Σ_k e_k (J_k − J_{k−1})        J_k = 1 − (G − hits of the first k) / (G + misses of them)
///
/// where hits are pixels of the class, misses others, and G the number of all hits; ∂L_c/∂e_k is
/// J_k − J_{k−1}. Equal errors are in the order of their pixels. Units without a valid pixel, or
/// without a class that takes part, are left out.
final class LovaszKernel: LossKernel {
  enum Errors {
    /// |p − [labelled so]| with p the softmax.
    case softmax
    /// max(0, 1 − s z) with s 1 for pixels labelled so, −1 for others.
    case hinge
  }

  static let classes = Field.name(
    "classes", default: "present", oneOf: ["present", "all"],
    "Which classes are part of the mean: those with labelled pixels, or all of them.")
  static let batch = Field.boolean(
    "batch", default: true, "One ratio a class over the whole batch instead of one an image.")

  private let layout: TensorLayout
  private let threads: Int32
  private let kind: Errors
  private let isOverBatch: Bool
  private let takesAbsent: Bool
  private let included: UsedClasses
  private let counts: LabelCounts
  /// `[units, K]`.
  private let truth: LossScratch<UInt64>
  private let used: LossScratch<UInt8>
  /// `[K]` of one unit.
  private let values: LossScratch<Double>
  /// `[N, K, H, W]`: errors, then the slopes by the scores.
  private let errors: LossScratch<Float>
  /// For each thread, the pixels of a unit twice: to sort from and to.
  private let sorting: LossScratch<UInt64>
  private let partials: LossScratch<Double>

  init(
    _ context: LossContext, _ kind: Errors, isOverBatch: Bool, takesAbsent: Bool,
    includesBackground: Bool
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    self.kind = kind
    self.isOverBatch = isOverBatch
    self.takesAbsent = takesAbsent
    let shape = layout.shape
    precondition(shape.count <= Int(UInt32.max), "too many logits to sort: \(shape)")
    included = UsedClasses(classes: shape.channels, includesBackground: includesBackground)
    counts = LabelCounts(classes: shape.channels)
    let units = isOverBatch ? 1 : shape.batch
    truth = LossScratch(repeating: 0, count: units * shape.channels)
    used = LossScratch(repeating: 0, count: units * shape.channels)
    values = LossScratch(repeating: 0, count: shape.channels)
    errors = LossScratch(repeating: 0, count: shape.count)
    sorting = LossScratch(
      repeating: 0, count: context.threads * 2 * (shape.batch / units) * shape.area)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    let units = isOverBatch ? 1 : shape.batch
    let taking = (0..<units).reduce(0) { $0 + (choose(unit: $1, input.labels) > 0 ? 1 : 0) }
    let notANumber = measureErrors(input.logits, input.labels)
    guard taking > 0 else { return .nothing(notANumber) }
    let loss = (0..<units).reduce(0) { $0 + extend(unit: $1, input.labels, units: taking) }
    if let gradient = gradients?.logits {
      switch kind {
      case .softmax:
        _ = ck_map_linear(
          layout.kernel, input.logits, input.labels, errors.pointer, weight, gradient,
          partials.pointer, threads)
      case .hinge:
        ck_map_add(layout.kernel, input.labels, errors.pointer, weight, gradient, threads)
      }
    }
    return LossValue(loss + notANumber, of: Double(taking))
  }

  /// Sets which classes of a unit take part; returns how many.
  private func choose(unit: Int, _ labels: UnsafePointer<Label>) -> Int {
    let (classes, pixels) = (layout.shape.channels, unitPixels)
    counts.update(labels + unit * pixels, count: pixels)
    let isEmpty = counts.valid == 0
    var number = 0
    for label in 0..<classes {
      let takesPart =
        !isEmpty && included.flags.pointer[label] == 1 && (takesAbsent || counts[label] > 0)
      truth.pointer[unit * classes + label] = counts[label]
      used.pointer[unit * classes + label] = takesPart ? 1 : 0
      number += takesPart ? 1 : 0
    }
    return number
  }

  /// - Returns: 0, or NaN where a logit is not finite and the errors do not say so.
  private func measureErrors(
    _ logits: UnsafePointer<Float>, _ labels: UnsafePointer<Label>
  ) -> Double {
    switch kind {
    case .softmax:
      ck_softmax_errors(layout.kernel, logits, labels, 0, errors.pointer, threads)
      return 0
    case .hinge:
      return ck_hinge_errors(
        layout.kernel, logits, labels, errors.pointer, partials.pointer, threads)
    }
  }

  /// The part of a unit in the loss; its errors become slopes.
  private func extend(unit: Int, _ labels: UnsafePointer<Label>, units: Int) -> Double {
    let shape = layout.shape
    let classes = shape.channels
    let unitUsed = used.pointer + unit * classes
    let number = (0..<classes).reduce(0) { $0 + Int(unitUsed[$1]) }
    let share = 1 / Double(max(number, 1) * units)
    let pixels = unitPixels
    ck_lovasz(
      Int32(pixels / shape.area), Int32(classes), shape.area, labels + unit * pixels,
      truth.pointer + unit * classes, unitUsed, Float(share),
      errors.pointer + unit * pixels * classes, values.pointer, sorting.pointer, threads)
    return (0..<classes).reduce(0) { $0 + values.pointer[$1] } * share
  }

  private var unitPixels: Int {
    layout.shape.area * (isOverBatch ? layout.shape.batch : 1)
  }
}
