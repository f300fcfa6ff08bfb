internal import CKernels
internal import Execution
internal import Groundwork

/// Softmax cross-entropy over the hardest pixels of each unit, one image or the whole batch. Which
/// pixels these are takes no part in the gradient; of pixels that cost the same, the first are taken.
final class HardestPixelsKernel: LossKernel {
  /// Which pixels of a unit are kept.
  struct Rule {
    /// At least so many, of the given number of valid ones.
    var least: (Int) -> Int
    /// And all that cost more.
    var threshold: Float
    /// True where the pixels that are left out count in the divisor.
    var dividesByValid: Bool
    var isOverBatch: Bool
  }

  private let layout: TensorLayout
  private let threads: Int32
  private let rule: Rule
  private let counts: LabelCounts
  /// `[N, H, W]`: what each pixel costs.
  private let costs: LossScratch<Float>
  /// `[N, H, W]`: 1 for the pixels that are kept.
  private let kept: LossScratch<Float>
  private let classWeights: LossScratch<Float>
  private let partials: LossScratch<Double>

  init(_ context: LossContext, _ rule: Rule) {
    layout = context.logits
    threads = Int32(context.threads)
    self.rule = rule
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    costs = LossScratch(repeating: 0, count: shape.batch * shape.area)
    kept = LossScratch(repeating: 0, count: shape.batch * shape.area)
    classWeights = LossScratch(repeating: 1, count: shape.channels)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    ck_negative_log_likelihood(layout.kernel, input.logits, input.labels, costs.pointer, threads)
    let (sum, number) = keepHardest(input.labels)
    guard number > 0 else { return .nothing }
    if let gradient = gradients?.logits {
      _ = ck_cross_entropy(
        layout.kernel, input.logits, input.labels, classWeights.pointer, 0, kept.pointer,
        Float(Double(weight) / number), gradient, partials.pointer, threads)
    }
    return LossValue(sum: sum, of: number)
  }

  /// Sets `kept`; returns the sum of what the kept pixels cost and what to divide it by.
  private func keepHardest(_ labels: UnsafePointer<Label>) -> (sum: Double, number: Double) {
    let units = rule.isOverBatch ? 1 : layout.shape.batch
    let pixels = costs.count / units
    var sum = 0.0
    var number = 0.0
    for unit in 0..<units {
      let start = unit * pixels
      counts.update(labels + start, count: pixels)
      let valid = Int(counts.valid)
      var kept = 0
      sum += ck_keep_greatest(
        costs.pointer + start, labels + start, pixels, rule.least(valid), rule.threshold,
        self.kept.pointer + start, &kept)
      number += Double(rule.dividesByValid ? valid : kept)
    }
    return (sum, number)
  }
}
