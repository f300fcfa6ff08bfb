package import Groundwork

/// Intersection over union, t / (G + R − t) (Jaccard 1912).
package struct MeanIoU: CountMetric {
  package static let name = "mean_iou"
  package static let title = "mean IoU"
  package static let className = "iou"
  package static let classTitle = "IoU"
  package static let isStandard = true
  package static let otherNames = ["iou", "jaccard"]
  package static let about = "Mean intersection over union of the classes."
  package static let definition =
    "A class that occurs and is never predicted has 0, and so has one that is predicted "
    + "and never occurs. A class that neither occurs nor is predicted has no value; what a "
    + "mean makes of it is evaluation.absent_classes."
  package static let example = "evaluation: {metrics: [mean_iou]}"

  package init(_ values: FieldValues) {}
  package init() {}

  package func classes(of counts: ClassCounts) -> [Double] { counts.iou }
}
