/// The Hausdorff distance without the farthest twentieth of the border pixels.
public struct Hausdorff95: SurfaceMetric {
  public static let name = "hausdorff_95"
  public static let otherNames = ["hd95"]
  public static let about = "The distance that 95 % of the border pixels do not exceed, in pixels."
  public static let fields = [convention.declaration, includeBackground.declaration]
  public static let example = "evaluation: {metrics: [{hausdorff_95: {convention: pooled}}]}"
  public static let isHigherBetter = false

  static let convention = Field.name(
    "convention", default: "max_directed", oneOf: ["max_directed", "pooled"],
    "The greater of the two directions' percentiles, or that of both directions' distances "
      + "together.")

  private let isPooled: Bool
  let includesBackground: Bool

  public init(_ values: FieldValues) {
    isPooled = values[Self.convention] == "pooled"
    includesBackground = values[Self.includeBackground]
  }

  func figure(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let (truth, prediction) = (surfaces.fromTruth, surfaces.fromPrediction)
    return isPooled
      ? SurfaceDistances.percentile95(of: (truth + prediction).sorted())
      : max(
        SurfaceDistances.percentile95(of: truth), SurfaceDistances.percentile95(of: prediction))
  }

  func oneSidedFigure(diagonal: Double) -> Double { diagonal }
}
