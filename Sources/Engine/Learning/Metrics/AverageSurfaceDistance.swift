package import Groundwork
package import Measurements

/// The mean distance from the border pixels of the one to the border of the other, in both
/// directions. A class that only truth or prediction has is off by the image's diagonal.
package struct AverageSurfaceDistance: SurfaceMetric {
  package static let name = "average_surface_distance"
  package static let title = "surface distance"
  package static let unit = SeriesDescription.pixels
  package static let measuresLengths = true
  package static let format = ValueFormat.fixed(2)
  package static let otherNames = ["assd"]
  package static let about = "Mean distance between the borders of truth and prediction."
  package static let definition = meanOfDistances
  package static let fields = [mean.declaration, includeBackground.declaration]
  package static let example = "evaluation: {metrics: [average_surface_distance]}"
  package static let isHigherBetter = false

  package static let mean = Field.name(
    "mean", default: "pooled", oneOf: ["pooled", "directed"],
    "The mean of all distances, or of the two directions' means.")

  private let isPooled: Bool
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    isPooled = values[Self.mean] == "pooled"
    includesBackground = values[Self.includeBackground]
  }

  package func value(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    let (truth, prediction) = (surfaces.fromTruth, surfaces.fromPrediction)
    let sums = (SurfaceDistances.sum(of: truth), SurfaceDistances.sum(of: prediction))
    return isPooled
      ? (sums.0 + sums.1) / Double(truth.count + prediction.count)
      : (sums.0 / Double(truth.count) + sums.1 / Double(prediction.count)) / 2
  }

  func oneSidedValue(diagonal: Double) -> Double { diagonal }
}
