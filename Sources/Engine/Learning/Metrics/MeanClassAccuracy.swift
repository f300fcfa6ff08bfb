package import Groundwork

/// t / G.
package struct MeanClassAccuracy: CountMetric {
  package static let name = "mean_class_accuracy"
  package static let title = "class accuracy"
  package static let className = "accuracy"
  package static let classTitle = "accuracy"
  package static let isStandard = true
  package static let otherNames = ["class_accuracy"]
  package static let about = "Mean, over the classes, of the share that is found."
  package static let definition =
    "A class that does not occur has no value, whether it is predicted or not, as in "
    + "scikit-learn's balanced_accuracy_score; in recall one that is predicted has 0."
  package static let example = "evaluation: {metrics: [mean_class_accuracy]}"

  package init(_ values: FieldValues) {}

  package func classes(of counts: ClassCounts) -> [Double] { counts.accuracyOfClasses }
}
