package import Groundwork

/// Agreement beyond chance (Cohen 1960), see ``ClassCounts/kappa``.
package struct CohenKappa: CountMetric {
  package static let name = "kappa"
  package static let title = "Cohen's kappa"
  package static let otherNames = ["cohen_kappa"]
  package static let about = "Cohen's kappa: how far the agreement is beyond that of chance."
  package static let definition =
    "Where chance alone agrees everywhere (0/0) it is 1 if truth and prediction are the "
    + "same, else there is no value."
  package static let example = "evaluation: {metrics: [kappa]}"
  package static let judgesClasses = false
  package static let reads: [TruthForm] = [.classes]

  package init(_ values: FieldValues) {}

  package func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    counts.kappa
  }
}
