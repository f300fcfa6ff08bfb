/// t / R.
public struct PrecisionOfClasses: CountMetric {
  public static let name = "precision"
  public static let about =
    "Mean, over the classes, of the share of their predictions that is right."
  public static let example = "evaluation: {metrics: [precision, recall]}"

  public init(_ values: FieldValues) {}

  func classes(of counts: ClassCounts) -> [Double] { counts.precision }
}
