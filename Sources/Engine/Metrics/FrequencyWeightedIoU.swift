/// Σ (G/n) · IoU (Long, Shelhamer & Darrell, CVPR 2015).
public struct FrequencyWeightedIoU: CountMetric {
  public static let name = "frequency_weighted_iou"
  public static let otherNames = ["fwiou"]
  public static let about = "Intersection over union, weighted by how often each class occurs."
  public static let definition =
    "A class that does not occur weighs nothing. Without a labelled pixel there is no "
    + "value."
  public static let example = "evaluation: {metrics: [frequency_weighted_iou]}"
  public static let judgesClasses = false

  public init(_ values: FieldValues) {}

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    counts.frequencyWeightedIoU
  }
}
