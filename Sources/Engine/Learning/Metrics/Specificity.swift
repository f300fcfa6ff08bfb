package import Groundwork

/// (n − G − R + t) / (n − G).
package struct Specificity: CountMetric {
  package static let name = "specificity"
  package static let title = "specificity"
  package static let about =
    "Mean, over the classes, of the share of other pixels that is left alone."
  package static let definition =
    "A class that every pixel is of has no value (0/0). A class that neither occurs nor "
    + "is predicted has no value; what a mean makes of it is evaluation.absent_classes."
  package static let example = "evaluation: {metrics: [specificity]}"

  package init(_ values: FieldValues) {}

  package func classes(of counts: ClassCounts) -> [Double] { counts.specificity }
}
