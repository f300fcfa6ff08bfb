/// t / G.
public struct MeanClassAccuracy: CountMetric {
  public static let name = "mean_class_accuracy"
  public static let otherNames = ["class_accuracy"]
  public static let about = "Mean, over the classes, of the share that is found."
  public static let definition =
    "A class that does not occur has no value, whether it is predicted or not, as in "
    + "scikit-learn's balanced_accuracy_score; in recall one that is predicted has 0."
  public static let example = "evaluation: {metrics: [mean_class_accuracy]}"

  public init(_ values: FieldValues) {}

  func classes(of counts: ClassCounts) -> [Double] { counts.accuracyOfClasses }
}
