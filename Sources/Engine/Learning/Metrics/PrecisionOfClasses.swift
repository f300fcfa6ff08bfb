package import Groundwork

/// t / R.
package struct PrecisionOfClasses: CountMetric {
  package static let name = "precision"
  package static let title = "precision"
  package static let about =
    "Mean, over the classes, of the share of their predictions that is right."
  package static let definition =
    "A class that occurs and is never predicted has 0 (0/0 counts as 0), as in "
    + "scikit-learn and torchmetrics. A class that neither occurs nor is predicted has no "
    + "value; what a mean makes of it is evaluation.absent_classes."
  package static let example = "evaluation: {metrics: [precision, recall]}"

  package init(_ values: FieldValues) {}

  package func classes(of counts: ClassCounts) -> [Double] { counts.precision }
}
