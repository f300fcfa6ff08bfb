/// Agreement beyond chance (Cohen 1960), see ``ClassCounts/kappa``.
public struct CohenKappa: CountMetric {
  public static let name = "kappa"
  public static let otherNames = ["cohen_kappa"]
  public static let about = "Cohen's kappa: how far the agreement is beyond that of chance."
  public static let definition =
    "Where chance alone agrees everywhere (0/0) it is 1 if truth and prediction are the "
    + "same, else there is no value."
  public static let example = "evaluation: {metrics: [kappa]}"
  public static let judgesClasses = false
  public static let takesSeveralLabels = false

  public init(_ values: FieldValues) {}

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double { counts.kappa }
}
