/// Σ t / n.
public struct PixelAccuracy: CountMetric {
  public static let name = "pixel_accuracy"
  public static let otherNames = ["accuracy"]
  public static let about = "Share of the pixels that are right."
  public static let definition =
    "Without a labelled pixel there is no value. With data.labels: multiple it is the "
    + "share of all answers, a pixel and a class each."
  public static let example = "evaluation: {metrics: [pixel_accuracy]}"
  public static let judgesClasses = false

  public init(_ values: FieldValues) {}

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double { counts.accuracy }
}
