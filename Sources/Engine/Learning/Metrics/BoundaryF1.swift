package import Groundwork

/// The F1 of border pixels that lie near the other border (Csurka, Larlus & Perronnin, BMVC 2013):
/// precision of the prediction's, recall of the truth's.
package struct BoundaryF1: SurfaceMetric {
  package static let name = "boundary_f1"
  package static let title = "boundary F1"
  package static let otherNames = ["bf_score"]
  package static let about = "Share of the border pixels that lie near the other border (F1)."
  package static let definition =
    "The value of a class is its mean over the images that have it in truth or "
    + "prediction, the value of the set the mean over the classes that have one; an image "
    + "that has it in neither is left out. A class that an image has in the truth alone, or "
    + "in the prediction alone, has 0 there. Ignored pixels belong to no class, so the "
    + "pixels beside them are border pixels, as those at the edge of the image are."
  package static let fields = [tolerance.declaration, includeBackground.declaration]
  package static let example = "evaluation: {metrics: [{boundary_f1: {tolerance: 2}}]}"

  static let tolerance = BorderTolerance.field(default: 0.0075)

  private let tolerance: BorderTolerance
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    tolerance = BorderTolerance(written: values[Self.tolerance])
    includesBackground = values[Self.includeBackground]
  }

  package func value(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let limit = tolerance.limit(diagonal: diagonal)
    let precision = SurfaceDistances.share(of: surfaces.fromPrediction, within: limit)
    let recall = SurfaceDistances.share(of: surfaces.fromTruth, within: limit)
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  func oneSidedValue(diagonal: Double) -> Double { 0 }
}
