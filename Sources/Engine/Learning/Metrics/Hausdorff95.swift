package import Groundwork
package import Measurements

/// The Hausdorff distance without the farthest twentieth of the border pixels.
package struct Hausdorff95: SurfaceMetric {
  package static let name = "hausdorff_95"
  package static let title = "Hausdorff distance 95 %"
  package static let unit = SeriesDescription.pixels
  package static let measuresLengths = true
  package static let format = ValueFormat.fixed(2)
  package static let otherNames = ["hd95"]
  package static let about = "The distance that 95 % of the border pixels do not exceed."
  package static let definition =
    "MONAI's form: of each direction the percentile of its distances, and the greater of "
    + "the two. " + meanOfDistances
  package static let fields = [convention.declaration, includeBackground.declaration]
  package static let example = "evaluation: {metrics: [{hausdorff_95: {convention: pooled}}]}"
  package static let isHigherBetter = false

  static let convention = Field.name(
    "convention", default: "max_directed", oneOf: ["max_directed", "pooled"],
    "The greater of the two directions' percentiles, or that of both directions' distances "
      + "together.")

  private let isPooled: Bool
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    isPooled = values[Self.convention] == "pooled"
    includesBackground = values[Self.includeBackground]
  }

  package func value(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let (truth, prediction) = (surfaces.fromTruth, surfaces.fromPrediction)
    return isPooled
      ? SurfaceDistances.percentile95(of: (truth + prediction).sorted())
      : max(
        SurfaceDistances.percentile95(of: truth), SurfaceDistances.percentile95(of: prediction))
  }

  func oneSidedValue(diagonal: Double) -> Double { diagonal }
}
