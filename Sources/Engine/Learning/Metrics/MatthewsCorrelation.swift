package import Groundwork

/// The correlation of truth and prediction (Matthews 1975; of several classes: Gorodkin 2004), see
/// ``ClassCounts/correlation``.
package struct MatthewsCorrelation: CountMetric {
  package static let name = "matthews_correlation"
  package static let title = "Matthews correlation"
  package static let otherNames = ["mcc"]
  package static let about = "Correlation of truth and prediction, steady where classes are rare."
  package static let definition =
    "0 (of 0/0) where all pixels are of one class, or are taken for one, as in "
    + "scikit-learn."
  package static let example = "evaluation: {metrics: [matthews_correlation]}"
  package static let judgesClasses = false
  package static let reads: [TruthForm] = [.classes]

  package init(_ values: FieldValues) {}

  package func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    counts.correlation
  }
}
