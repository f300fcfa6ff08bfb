/// t / G: ``MeanClassAccuracy`` under the name that goes with precision.
public struct RecallOfClasses: CountMetric {
  public static let name = "recall"
  public static let otherNames = ["sensitivity"]
  public static let about = "Mean, over the classes, of the share that is found."
  public static let example = "evaluation: {metrics: [precision, recall]}"

  public init(_ values: FieldValues) {}

  func classes(of counts: ClassCounts) -> [Double] { counts.recall }
}
