/// t / G.
public struct MeanClassAccuracy: CountMetric {
  public static let name = "mean_class_accuracy"
  public static let otherNames = ["class_accuracy"]
  public static let about = "Mean, over the classes, of the share that is found."
  public static let example = "evaluation: {metrics: [mean_class_accuracy]}"

  public init(_ values: FieldValues) {}

  func classes(of counts: ClassCounts) -> [Double] { counts.recall }
}
