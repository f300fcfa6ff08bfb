internal import CKernels
internal import Execution
package import Groundwork

/// One minus the centerline Dice of soft skeletons (Shit et al., "clDice – a Novel Topology-Preserving Loss
/// Function for Tubular Structure Segmentation", CVPR 2021): for each class, over the valid pixels of the batch
/// or of each image,
///
///     P = (Σ s·g + ε) / (Σ s + ε)     R = (Σ t·p + ε) / (Σ t + ε)     L = 1 − 2PR / (P + R)
///
/// with p the softmax, g the one-hot labels, s and t the soft skeletons of p and g, and ε the `smooth`. A soft
/// skeleton is made by minima over crosses and maxima over squares, so its gradient is that of the pixels that they
/// choose. What lies beyond the image, and ignored pixels, take no part in them.
package struct SoftCenterlineDice: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "cldice"
  package static let about =
    "One minus the soft centerline Dice (clDice): keeps lines whole; goes with dice."
  package static let definition =
    "Weights of 1 - α and α for dice and cldice are the authors' soft-clDice with that α. In validation the "
    + "ratio is always taken of each image by itself."
  package static let fields = [
    iterations.declaration, smooth.declaration, Dice.batch.declaration,
    UsedClasses.includeBackground.declaration,
  ]
  package static let example =
    "losses: [{dice: {weight: 0.5}}, {cldice: {iterations: 5, weight: 0.5}}]"

  static let iterations = Field.integer(
    "iterations", default: 3, 0...50,
    "Of the skeleton: at least the greatest radius of the structures, in pixels.")
  static let smooth = Field.number(
    "smooth", default: 1, Bounds(1e-6...1e6), unit: "pixels",
    "Added above and below the ratios: steadies classes of few pixels.")

  private let iterations: Int
  private let smooth: Double
  private let isOverBatch: Bool
  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    iterations = values[Self.iterations]
    smooth = values[Self.smooth]
    isOverBatch = values[Dice.batch]
    includesBackground = values[UsedClasses.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return SoftCenterlineDiceKernel(
      context, iterations: iterations, smooth: smooth, isOverBatch: isOverBatch,
      used: UsedClasses(
        classes: context.logits.shape.channels, includesBackground: includesBackground))
  }
}

/// Two passes: the sums of all soft skeletons, then, where there is a gradient, the skeletons once more and their
/// slopes, so that the levels of one plane are all that a thread keeps.
private final class SoftCenterlineDiceKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let levels: Int32
  private let smooth: Double
  private let isOverBatch: Bool
  private let used: UsedClasses
  /// `[N, K, H, W]`: probabilities, then the slopes by them.
  private let maps: LossScratch<Float>
  /// `[N, K, 4]` and `[N, K, 3]`, as the C kernels want them.
  private let sums: LossScratch<Double>
  private let coefficients: LossScratch<Float>
  private let scratch: LossScratch<Float>

  init(
    _ context: LossContext, iterations: Int, smooth: Double, isOverBatch: Bool, used: UsedClasses
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    levels = Int32(iterations)
    (self.smooth, self.isOverBatch, self.used) = (smooth, isOverBatch, used)
    let shape = layout.shape
    maps = LossScratch(repeating: 0, count: shape.count)
    sums = LossScratch(repeating: 0, count: shape.batch * shape.channels * 4)
    coefficients = LossScratch(repeating: 0, count: shape.batch * shape.channels * 3)
    let floats = ck_soft_skeleton_scratch(Int32(shape.height), Int32(shape.width), levels)
    scratch = LossScratch(repeating: 0, count: context.threads * floats)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    let (images, classes) = (Int32(shape.batch), Int32(shape.channels))
    let (height, width) = (Int32(shape.height), Int32(shape.width))
    ck_softmax(layout.kernel, input.logits, input.labels, 1, maps.pointer, threads)
    ck_soft_skeleton_sums(
      images, classes, used.flags.pointer, height, width, levels, maps.pointer, input.labels,
      sums.pointer, scratch.pointer, threads)
    let (value, units) = measureUnits(input.labels)
    guard units > 0 else { return .nothing }
    if let gradient = gradients?.logits {
      ck_soft_skeleton_slopes(
        images, classes, used.flags.pointer, height, width, levels, coefficients.pointer,
        maps.pointer, input.labels, scratch.pointer, threads)
      let terms = Double(units) * Double(used.count)
      ck_softmax_gradient(
        layout.kernel, input.logits, input.labels, 1, maps.pointer,
        Float(Double(weight) / terms), gradient, threads)
    }
    return LossValue(sum: value / Double(used.count), of: Double(units))
  }

  /// The sum of the terms of all units with a valid pixel, and how many units these are; sets
  /// `coefficients`.
  private func measureUnits(_ labels: UnsafePointer<Label>) -> (value: Double, units: Int) {
    let shape = layout.shape
    let images = isOverBatch ? shape.batch : 1
    var (value, units) = (0.0, 0)
    for first in stride(from: 0, to: shape.batch, by: images) {
      let pixels = labels + first * shape.area
      let isValid = ck_has_valid(pixels, images * shape.area) == 1
      units += isValid ? 1 : 0
      for label in 0..<shape.channels {
        let planes = (first..<first + images).map { $0 * shape.channels + label }
        let term = isValid && used.flags.pointer[label] == 1 ? measure(planes) : .nothing
        value += term.loss
        for plane in planes {
          for place in 0..<3 {
            coefficients.pointer[3 * plane + place] = Float(term.coefficients[place])
          }
        }
      }
    }
    return (value, units)
  }

  private struct Term {
    var loss: Double
    /// By Σ s·g, by Σ s and by Σ t·p.
    var coefficients: [Double]

    static let nothing = Term(loss: 0, coefficients: [0, 0, 0])
  }

  /// Of one class in one unit.
  private func measure(_ planes: [Int]) -> Term {
    func sum(_ place: Int) -> Double {
      planes.reduce(smooth) { $0 + sums.pointer[4 * $1 + place] }
    }
    let (skeleton, truth) = (sum(1), sum(3))
    let (precision, sensitivity) = (sum(0) / skeleton, sum(2) / truth)
    let both = precision + sensitivity
    let byPrecision = -2 * sensitivity * sensitivity / (both * both)
    let bySensitivity = -2 * precision * precision / (both * both)
    return Term(
      loss: 1 - 2 * precision * sensitivity / both,
      coefficients: [
        byPrecision / skeleton, -byPrecision * precision / skeleton, bySensitivity / truth,
      ])
  }
}
