internal import Execution
package import Groundwork
internal import Networks

/// A loss of a network that finds objects in regions: of one of its heads, against targets that the network
/// chooses while it looks at a training image, in another. Nothing is chosen in an evaluation, which such a
/// loss judges nothing of.
package protocol DetectionLoss: Loss {
  /// The head with the targets.
  static var targets: LossHead { get }
}

extension DetectionLoss {
  package static var reads: [TruthForm] { [.instances] }
  package static var fields: [FieldDeclaration] { [] }
  package static var otherHeads: [LossHead] { [targets] }
  package static var example: String {
    "task: {instances: {decode: detections}}\ntemplate: {name: mask_rcnn, encoder: resnet50}\n"
      + "losses: [objectness, rpn_box_reg, classifier, box_reg, mask]"
  }
}

extension LossHead {
  static func regions(_ name: String) -> LossHead {
    LossHead(name: name, remedy: "use a template that finds objects, such as mask_rcnn")
  }
}

/// A table of targets, beside the head that is compared with it.
struct TargetTable {
  private let index: Int
  private let layout: TensorLayout

  init(_ head: LossHead, of context: LossContext) throws(ComponentError) {
    index = try context.index(of: head)
    layout = context.heads[index].layout
  }

  var rows: Int { layout.shape.area }

  /// `[C, rows]` of a sample.
  func values(_ input: LossInput, sample: Int) -> UnsafePointer<Float> {
    input.values(ofHead: index, layout) + sample * layout.sampleElements
  }

  /// How many rows of a batch there are whose first value, the label, is one of these.
  func count(
    _ input: LossInput, samples: Range<Int>, rows: Range<Int>, where isCounted: (Float) -> Bool
  ) -> Int {
    samples.reduce(0) { count, sample in
      let labels = values(input, sample: sample)
      return count + rows.count { isCounted(labels[$0]) }
    }
  }
}

/// A small difference costs its square and a large one itself (Girshick, "Fast R-CNN", ICCV 2015): 0 at 0, and
/// a slope of ±1 from ±β on.
struct SmoothL1 {
  let beta: Double

  /// - Returns: the value at a difference, and its slope.
  func at(_ difference: Double) -> (value: Double, slope: Double) {
    let size = abs(difference)
    return size < beta
      ? (0.5 * size * size / beta, difference / beta)
      : (size - 0.5 * beta, difference < 0 ? -1 : difference > 0 ? 1 : difference)
  }

  static let field = Field<String>.name(
    "convention", default: "torchvision", oneOf: ["torchvision", "matterport"],
    "Differences below 1/9 are squared and the sum is divided by the number of sampled boxes, or differences "
      + "below 1 are and the mean is over the boxes of objects.")
}

/// A convention about the losses of boxes.
struct BoxLossConvention {
  let smooth: SmoothL1
  let dividesByPositives: Bool

  init(_ values: FieldValues) {
    dividesByPositives = values[SmoothL1.field] == "matterport"
    smooth = SmoothL1(beta: dividesByPositives ? 1 : 1.0 / 9)
  }

  /// What the sum over boxes is divided by.
  func divisor(examples: Int, positives: Int) -> Double {
    Double(dividesByPositives ? 4 * positives : examples)
  }
}

/// −ln σ(z) of a target t, z t weighed apart: max(z, 0) − z t + ln(1 + e^−|z|), and its slope σ(z) − t.
func binaryCrossEntropy(_ logit: Double, target: Double) -> (value: Double, slope: Double) {
  let power = PortableMath.exponential(-abs(logit))
  let sigmoid = logit < 0 ? power / (1 + power) : 1 / (1 + power)
  let value = max(logit, 0) - logit * target + PortableMath.logarithm(1 + power)
  return (logit.isNaN ? .nan : value, sigmoid - target)
}
