/// The greatest distance from a border pixel of the one to the border of the other (Hausdorff 1914).
/// A class that only truth or prediction has is off by the image's diagonal.
public struct Hausdorff: SurfaceMetric {
  public static let name = "hausdorff"
  public static let otherNames = ["hd"]
  public static let about =
    "Greatest distance between the borders of truth and prediction, in pixels."
  public static let definition =
    "The value of a class is its mean over the images that have it in truth or "
    + "prediction, the value of the set the mean over the classes that have one; an image "
    + "that has it in neither is left out. A class that an image has in the truth alone, or "
    + "in the prediction alone, costs the image's diagonal. Ignored pixels belong to no "
    + "class, so the pixels beside them are border pixels, as those at the edge of the "
    + "image are."
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
