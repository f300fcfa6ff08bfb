internal import Execution
package import Groundwork
internal import Networks

/// Where the objects are that anchors are of: smooth L1 of the coded boxes (Girshick 2015).
package struct AnchorBoxLoss: DetectionLoss {
  package static let name = "rpn_box_reg"
  package static let about =
    "Where objects are, relative to the anchors of a region proposal network."
  package static let fields = [SmoothL1.field.declaration]
  package static var head: LossHead { .regions(RegionHeads.anchorDeltas) }
  package static var targets: LossHead { .regions(RegionHeads.anchorTargets) }

  private let convention: BoxLossConvention

  package init(_ values: FieldValues) { convention = BoxLossConvention(values) }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    BoxKernel(
      context.logits, try TargetTable(Self.targets, of: context), convention,
      hasClasses: false)
  }
}

/// Where the objects are that regions are of: smooth L1 of the coded boxes of their true classes.
package struct RegionBoxLoss: DetectionLoss {
  package static let name = "box_reg"
  package static let about = "Where objects are, relative to the regions that are looked at."
  package static let fields = [SmoothL1.field.declaration]
  package static var head: LossHead { .regions(RegionHeads.boxDeltas) }
  package static var targets: LossHead { .regions(RegionHeads.regionTargets) }

  private let convention: BoxLossConvention

  package init(_ values: FieldValues) { convention = BoxLossConvention(values) }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    BoxKernel(
      context.logits, try TargetTable(Self.targets, of: context), convention, hasClasses: true)
  }
}

/// Both have a label in the first column of their targets, above 0 for an object, and the coded box in the
/// next four.
private final class BoxKernel: LossKernel {
  private let layout: TensorLayout
  private let targets: TargetTable
  private let convention: BoxLossConvention
  /// Whether the label says which four channels are compared.
  private let hasClasses: Bool

  init(
    _ layout: TensorLayout, _ targets: TargetTable, _ convention: BoxLossConvention,
    hasClasses: Bool
  ) {
    (self.layout, self.targets) = (layout, targets)
    (self.convention, self.hasClasses) = (convention, hasClasses)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let (samples, rows) = (0..<layout.shape.batch, 0..<targets.rows)
    let divisor = convention.divisor(
      examples: targets.count(input, samples: samples, rows: rows) { $0 >= 0 },
      positives: targets.count(input, samples: samples, rows: rows) { $0 > 0 })
    guard divisor > 0 else { return .nothing }
    var sum = 0.0
    for sample in samples {
      let table = targets.values(input, sample: sample)
      for row in rows where table[row] > 0 {
        let first = hasClasses ? 4 * Int(table[row]) : 0
        for index in 0..<4 {
          let place = layout.index(sample, channel: first + index, place: row)
          let target = table[(1 + index) * targets.rows + row]
          let (value, slope) = convention.smooth.at(Double(input.logits[place] - target))
          sum += value
          gradients?.logits[place] += weight * Float(slope / divisor)
        }
      }
    }
    return LossValue(sum: sum, of: divisor)
  }
}
