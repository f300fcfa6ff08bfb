internal import CKernels
internal import Execution
package import Groundwork

/// IoU-balanced cross-entropy: pixels of the foreground weigh IoU^η, so that training goes on with
/// what is found well already (Wu, Yang, Wang & Li, Image and Vision Computing 2020, for detections;
/// here for pixels).
///
/// The IoU is that of the pixel's class in its image, of the argmax against the labels; class 0 and
/// ignored pixels weigh 1. The foreground's weights are scaled so that its loss stays the same: the
/// value is that of cross-entropy, and the gradient, in which the weights are constants, is spread
/// differently. Where no class of the foreground is hit at all, the weights are 1.
package struct IoUBalanced: Loss {
  package static let name = "iou_balanced"
  package static let about =
    "Cross-entropy that presses for the classes that are found well already."
  package static let fields = [eta.declaration]
  package static let example = "losses: [{iou_balanced: {eta: 1.5}}]"

  static let eta = Field.number(
    "eta", default: 1.5, Bounds(0...10), "Power of the IoU; 0 is cross-entropy.")

  private let eta: Double

  package init(_ values: FieldValues) { eta = values[Self.eta] }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return IoUBalancedKernel(context, eta: eta)
  }
}

private final class IoUBalancedKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let eta: Double
  private let counts: LabelCounts
  /// `[N, H, W]`: what each pixel costs.
  private let costs: LossScratch<Float>
  /// `[N, K]`: what the pixels of each class cost together.
  private let sums: LossScratch<Double>
  /// `[N, H, W]`.
  private let predictions: LossScratch<Label>
  /// `[K, K]` of one image.
  private let confusion: LossScratch<UInt64>
  /// `[N, K]`.
  private let weights: LossScratch<Float>
  private let partials: LossScratch<Double>

  init(_ context: LossContext, eta: Double) {
    layout = context.logits
    threads = Int32(context.threads)
    self.eta = eta
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    costs = LossScratch(repeating: 0, count: shape.batch * shape.area)
    sums = LossScratch(repeating: 0, count: shape.batch * shape.channels)
    predictions = LossScratch(repeating: 0, count: shape.batch * shape.area)
    confusion = LossScratch(repeating: 0, count: shape.channels * shape.channels)
    weights = LossScratch(repeating: 1, count: shape.batch * shape.channels)
    partials = LossScratch(repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)))
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    counts.update(input.labels, count: shape.batch * shape.area)
    let valid = Double(counts.valid)
    guard valid > 0 else { return .nothing }
    ck_negative_log_likelihood(layout.kernel, input.logits, input.labels, costs.pointer, threads)
    var total = 0.0
    for image in 0..<shape.batch {
      let start = image * shape.area
      let ofLabels = sums.pointer + shape.channels * image
      ck_label_sums(
        input.labels + start, costs.pointer + start, shape.area, Int32(shape.channels), ofLabels)
      for label in 0..<shape.channels { total += ofLabels[label] }
    }
    if let gradient = gradients?.logits {
      weigh(input.logits, input.labels)
      _ = ck_cross_entropy(
        layout.kernel, input.logits, input.labels, weights.pointer, shape.channels, nil,
        Float(Double(weight) / valid), gradient, partials.pointer, threads)
    }
    return LossValue(sum: total, of: valid)
  }

  /// Sets `weights` from `sums` and the classes' IoU.
  private func weigh(_ logits: UnsafePointer<Float>, _ labels: UnsafePointer<Label>) {
    let shape = layout.shape
    let classes = shape.channels
    ck_argmax(layout.kernel, logits, predictions.pointer, threads)
    var plain = 0.0
    var weighted = 0.0
    for image in 0..<shape.batch {
      countConfusion(labels, image: image)
      for label in 1..<classes {
        let power = PortableMath.power(iou(label), eta)
        weights.pointer[image * classes + label] = Float(power)
        plain += sums.pointer[classes * image + label]
        weighted += power * sums.pointer[classes * image + label]
      }
    }
    for index in 0..<weights.count where !index.isMultiple(of: classes) {
      let scaled = Double(weights.pointer[index]) * (plain / weighted)
      weights.pointer[index] = weighted == 0 ? 1 : Float(scaled)
    }
  }

  private func countConfusion(_ labels: UnsafePointer<Label>, image: Int) {
    let start = image * layout.shape.area
    confusion.pointer.update(repeating: 0, count: confusion.count)
    _ = ck_confusion(
      labels + start, predictions.pointer + start, layout.shape.area,
      Int32(layout.shape.channels), confusion.pointer)
  }

  /// The IoU of one class by `confusion`; 0 where the class neither occurs nor is predicted.
  private func iou(_ label: Int) -> Double {
    let classes = layout.shape.channels
    var union: UInt64 = 0
    for other in 0..<classes {
      union += confusion.pointer[label * classes + other]
      if other != label { union += confusion.pointer[other * classes + label] }
    }
    return union == 0 ? 0 : Double(confusion.pointer[label * classes + label]) / Double(union)
  }
}
