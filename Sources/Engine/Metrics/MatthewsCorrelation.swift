/// The correlation of truth and prediction (Matthews 1975; of several classes: Gorodkin 2004), see
/// ``ClassCounts/correlation``.
public struct MatthewsCorrelation: CountMetric {
  public static let name = "matthews_correlation"
  public static let otherNames = ["mcc"]
  public static let about = "Correlation of truth and prediction, steady where classes are rare."
  public static let definition =
    "0 (of 0/0) where all pixels are of one class, or are taken for one, as in "
    + "scikit-learn."
  public static let example = "evaluation: {metrics: [matthews_correlation]}"
  public static let judgesClasses = false
  public static let takesSeveralLabels = false

  public init(_ values: FieldValues) {}

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    counts.correlation
  }
}
