package import Groundwork

/// Σ t / n.
package struct PixelAccuracy: CountMetric {
  package static let name = "pixel_accuracy"
  package static let title = "pixel accuracy"
  package static let isStandard = true
  package static let otherNames = ["accuracy"]
  package static let about = "Share of the pixels that are right."
  package static let definition =
    "Without a labelled pixel there is no value. With task: multilabel it is the "
    + "share of all answers, a pixel and a class each."
  package static let example = "evaluation: {metrics: [pixel_accuracy]}"
  package static let judgesClasses = false

  package init(_ values: FieldValues) {}

  package func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    counts.accuracy
  }
}
