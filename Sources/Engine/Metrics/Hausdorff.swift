/// The greatest distance from a border pixel of the one to the border of the other (Hausdorff 1914).
/// A class that only truth or prediction has is off by the image's diagonal.
public struct Hausdorff: SurfaceMetric {
  public static let name = "hausdorff"
  public static let otherNames = ["hd"]
  public static let about =
    "Greatest distance between the borders of truth and prediction, in pixels."
  public static let fields = [includeBackground.declaration]
  public static let example = "evaluation: {metrics: [hausdorff]}"
  public static let isHigherBetter = false

  let includesBackground: Bool

  public init(_ values: FieldValues) { includesBackground = values[Self.includeBackground] }

  func figure(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    Double(max(surfaces.fromTruth.last ?? 0, surfaces.fromPrediction.last ?? 0)).squareRoot()
  }

  func oneSidedFigure(diagonal: Double) -> Double { diagonal }
}
