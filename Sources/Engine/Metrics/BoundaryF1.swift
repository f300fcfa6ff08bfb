/// The F1 of border pixels that lie near the other border (Csurka, Larlus & Perronnin, BMVC 2013):
/// precision of the prediction's, recall of the truth's.
public struct BoundaryF1: SurfaceMetric {
  public static let name = "boundary_f1"
  public static let otherNames = ["bf_score"]
  public static let about = "Share of the border pixels that lie near the other border (F1)."
  public static let fields = [tolerance.declaration, includeBackground.declaration]
  public static let example = "evaluation: {metrics: [{boundary_f1: {tolerance: 2}}]}"

  static let tolerance = BorderTolerance.field(default: 0.0075)

  private let tolerance: BorderTolerance
  let includesBackground: Bool

  public init(_ values: FieldValues) {
    tolerance = BorderTolerance(written: values[Self.tolerance])
    includesBackground = values[Self.includeBackground]
  }

  func figure(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let limit = tolerance.pixels(diagonal: diagonal)
    let precision = SurfaceDistances.share(of: surfaces.fromPrediction, within: limit)
    let recall = SurfaceDistances.share(of: surfaces.fromTruth, within: limit)
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  func oneSidedFigure(diagonal: Double) -> Double { 0 }
}
