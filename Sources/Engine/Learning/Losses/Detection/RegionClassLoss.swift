internal import Execution
package import Groundwork
internal import Networks

/// Which classes regions are of: softmax cross-entropy, the mean over the sampled regions of the batch
/// (Girshick 2015).
package struct RegionClassLoss: DetectionLoss {
  package static let name = "classifier"
  package static let about = "Which classes the regions are of that are looked at."
  package static var head: LossHead { .regions(RegionHeads.classLogits) }
  package static var targets: LossHead { .regions(RegionHeads.regionTargets) }

  package init(_ values: FieldValues) {}

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    RegionClassKernel(context.logits, try TargetTable(Self.targets, of: context))
  }
}

private final class RegionClassKernel: LossKernel {
  private let layout: TensorLayout
  private let targets: TargetTable

  init(_ layout: TensorLayout, _ targets: TargetTable) {
    (self.layout, self.targets) = (layout, targets)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let (samples, rows) = (0..<layout.shape.batch, 0..<targets.rows)
    let count = targets.count(input, samples: samples, rows: rows) { $0 >= 0 }
    guard count > 0 else { return .nothing }
    var sum = 0.0
    for sample in samples {
      let classes = targets.values(input, sample: sample)
      for row in rows where classes[row] >= 0 {
        let places = (0..<layout.shape.channels).map {
          layout.index(sample, channel: $0, place: row)
        }
        let logits = places.map { Double(input.logits[$0]) }
        let highest = logits.max() ?? 0
        let powers = logits.map { PortableMath.exponential($0 - highest) }
        let total = powers.reduce(0, +)
        let target = Int(classes[row])
        sum += PortableMath.logarithm(total) - (logits[target] - highest)
        for (channel, place) in places.enumerated() {
          let slope = powers[channel] / total - (channel == target ? 1 : 0)
          gradients?.logits[place] += weight * Float(slope / Double(count))
        }
      }
    }
    return LossValue(sum: sum, of: Double(count))
  }
}
