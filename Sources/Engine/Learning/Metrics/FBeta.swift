package import Groundwork

/// (1 + β²) P·R / (β² P + R) of precision P and recall R (van Rijsbergen 1979), which is
/// (1 + β²) t / (β² G + R) in pixels.
package struct FBeta: CountMetric {
  package static let name = "f_beta"
  package static let title = "F-beta"
  package static let about = "Mean, over the classes, of precision and recall in one number."
  package static let definition =
    "A class that occurs and is never predicted has 0, and so has one that is predicted "
    + "and never occurs. A class that neither occurs nor is predicted has no value; what a "
    + "mean makes of it is evaluation.absent_classes."
  package static let fields = [beta.declaration]
  package static let example = "evaluation: {metrics: [{f_beta: {beta: 2}}]}"

  static let beta = Field.number(
    "beta", default: 1, Bounds(above: 0), "How many times as much recall counts as precision.")

  private let beta: Double

  package init(_ values: FieldValues) { beta = values[Self.beta] }

  package func classes(of counts: ClassCounts) -> [Double] { counts.fMeasure(beta: beta) }
}
