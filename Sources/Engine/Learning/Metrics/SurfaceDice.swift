package import Groundwork

/// The share of all border pixels, of truth and prediction together, that lie near the other border
/// (Nikolov et al. 2018, there the normalized surface Dice).
package struct SurfaceDice: SurfaceMetric {
  package static let name = "surface_dice"
  package static let title = "surface Dice"
  package static let otherNames = ["nsd"]
  package static let about = "Share of both borders' pixels that lie near the other border."
  package static let definition =
    "MONAI's form: border pixels are counted, not lengths of border weighed. The value of "
    + "a class is its mean over the images that have it in truth or prediction, the value "
    + "of the set the mean over the classes that have one; an image that has it in neither "
    + "is left out. A class that an image has in the truth alone, or in the prediction "
    + "alone, has 0 there. Ignored pixels belong to no class, so the pixels beside them are "
    + "border pixels, as those at the edge of the image are."
  package static let fields = [tolerance.declaration, includeBackground.declaration]
  package static let example = "evaluation: {metrics: [{surface_dice: {tolerance: 1}}]}"

  static let tolerance = BorderTolerance.field(default: 1)

  private let tolerance: BorderTolerance
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    tolerance = BorderTolerance(written: values[Self.tolerance])
    includesBackground = values[Self.includeBackground]
  }

  package func value(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let limit = tolerance.limit(diagonal: diagonal)
    let (truth, prediction) = (surfaces.fromTruth, surfaces.fromPrediction)
    let near =
      SurfaceDistances.count(of: truth, within: limit)
      + SurfaceDistances.count(of: prediction, within: limit)
    return Double(near) / Double(truth.count + prediction.count)
  }

  func oneSidedValue(diagonal: Double) -> Double { 0 }
}
