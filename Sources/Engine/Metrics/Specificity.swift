/// (n − G − R + t) / (n − G).
public struct Specificity: CountMetric {
  public static let name = "specificity"
  public static let about =
    "Mean, over the classes, of the share of other pixels that is left alone."
  public static let example = "evaluation: {metrics: [specificity]}"

  public init(_ values: FieldValues) {}

  func classes(of counts: ClassCounts) -> [Double] { counts.specificity }
}
