internal import Execution
package import Groundwork
internal import Networks

/// Whether anchors are objects: binary cross-entropy, the mean over the sampled anchors of the batch (Ren et
/// al. 2015).
package struct ObjectnessLoss: DetectionLoss {
  package static let name = "objectness"
  package static let about = "Which anchors of a region proposal network are objects."
  package static var head: LossHead { .regions(RegionHeads.objectness) }
  package static var targets: LossHead { .regions(RegionHeads.anchorTargets) }

  package init(_ values: FieldValues) {}

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    ObjectnessKernel(layout: context.logits, targets: try TargetTable(Self.targets, of: context))
  }
}

private final class ObjectnessKernel: LossKernel {
  private let layout: TensorLayout
  private let targets: TargetTable

  init(layout: TensorLayout, targets: TargetTable) {
    (self.layout, self.targets) = (layout, targets)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let (samples, rows) = (0..<layout.shape.batch, 0..<targets.rows)
    let count = targets.count(input, samples: samples, rows: rows) { $0 >= 0 }
    guard count > 0 else { return .nothing }
    var sum = 0.0
    for sample in samples {
      let labels = targets.values(input, sample: sample)
      for row in rows where labels[row] >= 0 {
        let place = layout.index(sample, channel: 0, place: row)
        let (value, slope) = binaryCrossEntropy(
          Double(input.logits[place]), target: Double(labels[row]))
        sum += value
        gradients?.logits[place] += weight * Float(slope / Double(count))
      }
    }
    return LossValue(sum: sum, of: Double(count))
  }
}
