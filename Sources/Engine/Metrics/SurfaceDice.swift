/// The share of all border pixels, of truth and prediction together, that lie near the other border
/// (Nikolov et al. 2018, there the normalized surface Dice).
public struct SurfaceDice: SurfaceMetric {
  public static let name = "surface_dice"
  public static let otherNames = ["nsd"]
  public static let about = "Share of both borders' pixels that lie near the other border."
  public static let fields = [tolerance.declaration, includeBackground.declaration]
  public static let example = "evaluation: {metrics: [{surface_dice: {tolerance: 1}}]}"

  static let tolerance = BorderTolerance.field(default: 1)

  private let tolerance: BorderTolerance
  let includesBackground: Bool

  public init(_ values: FieldValues) {
    tolerance = BorderTolerance(written: values[Self.tolerance])
    includesBackground = values[Self.includeBackground]
  }

  func figure(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let limit = tolerance.pixels(diagonal: diagonal)
    let (truth, prediction) = (surfaces.fromTruth, surfaces.fromPrediction)
    let near =
      SurfaceDistances.count(of: truth, within: limit)
      + SurfaceDistances.count(of: prediction, within: limit)
    return Double(near) / Double(truth.count + prediction.count)
  }

  func oneSidedFigure(diagonal: Double) -> Double { 0 }
}
