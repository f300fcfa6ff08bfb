package import Groundwork

/// Σ (G/n) · IoU (Long, Shelhamer & Darrell, CVPR 2015).
package struct FrequencyWeightedIoU: CountMetric {
  package static let name = "frequency_weighted_iou"
  package static let title = "weighted IoU"
  package static let isStandard = true
  package static let otherNames = ["fwiou"]
  package static let about = "Intersection over union, weighted by how often each class occurs."
  package static let definition =
    "A class that does not occur weighs nothing. Without a labelled pixel there is no "
    + "value."
  package static let example = "evaluation: {metrics: [frequency_weighted_iou]}"
  package static let judgesClasses = false

  package init(_ values: FieldValues) {}

  package func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    counts.frequencyWeightedIoU
  }
}
