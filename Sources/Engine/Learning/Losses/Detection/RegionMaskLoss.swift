internal import Execution
package import Groundwork
internal import Networks

/// Which pixels of a region the object covers: binary cross-entropy of the mask of the true class alone, the
/// mean over the pixels of the regions of objects (He et al. 2017).
package struct RegionMaskLoss: DetectionLoss {
  package static let name = "mask"
  package static let about = "Which pixels of a region its object covers."
  package static var head: LossHead { .regions(RegionHeads.maskLogits) }
  package static var targets: LossHead { .regions(RegionHeads.regionTargets) }
  private static var masks: LossHead { .regions(RegionHeads.maskTargets) }
  package static var otherHeads: [LossHead] { [targets, masks] }

  package init(_ values: FieldValues) {}

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    RegionMaskKernel(
      context.logits, try TargetTable(Self.targets, of: context),
      try TargetTable(Self.masks, of: context))
  }
}

private final class RegionMaskKernel: LossKernel {
  private let layout: TensorLayout
  private let targets: TargetTable
  private let masks: TargetTable

  init(_ layout: TensorLayout, _ targets: TargetTable, _ masks: TargetTable) {
    (self.layout, self.targets, self.masks) = (layout, targets, masks)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    // Masks are square: the rows of all regions lie one beneath the other.
    let area = layout.shape.width * layout.shape.width
    let rows = 0..<min(targets.rows, masks.rows / max(1, area))
    let samples = 0..<layout.shape.batch
    let count = targets.count(input, samples: samples, rows: rows) { $0 > 0 }
    guard count > 0 else { return .nothing }
    let pixels = Double(count * area)
    var sum = 0.0
    for sample in samples {
      let classes = targets.values(input, sample: sample)
      let masks = masks.values(input, sample: sample)
      for row in rows where classes[row] > 0 {
        for place in row * area..<(row + 1) * area {
          let index = layout.index(sample, channel: Int(classes[row]), place: place)
          let (value, slope) = binaryCrossEntropy(
            Double(input.logits[index]), target: Double(masks[place]))
          sum += value
          gradients?.logits[index] += weight * Float(slope / pixels)
        }
      }
    }
    return LossValue(sum: sum, of: pixels)
  }
}
