package import Groundwork

/// t / G: ``MeanClassAccuracy`` under the name that goes with precision.
package struct RecallOfClasses: CountMetric {
  package static let name = "recall"
  package static let title = "recall"
  package static let otherNames = ["sensitivity"]
  package static let about = "Mean, over the classes, of the share that is found."
  package static let definition =
    "A class that is predicted and never occurs has 0 (0/0 counts as 0), as in "
    + "scikit-learn and torchmetrics; in mean_class_accuracy it has no value. A class that "
    + "neither occurs nor is predicted has no value; what a mean makes of it is "
    + "evaluation.absent_classes."
  package static let example = "evaluation: {metrics: [precision, recall]}"

  package init(_ values: FieldValues) {}

  package func classes(of counts: ClassCounts) -> [Double] { counts.recall }
}
