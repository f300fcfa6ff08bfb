package import Groundwork
package import Measurements

/// The greatest distance from a border pixel of the one to the border of the other (Hausdorff 1914).
/// A class that only truth or prediction has is off by the image's diagonal.
package struct Hausdorff: SurfaceMetric {
  package static let name = "hausdorff"
  package static let title = "Hausdorff distance"
  package static let unit = SeriesDescription.pixels
  package static let measuresLengths = true
  package static let format = ValueFormat.fixed(2)
  package static let otherNames = ["hd"]
  package static let about =
    "Greatest distance between the borders of truth and prediction."
  package static let definition = meanOfDistances
  package static let fields = [includeBackground.declaration]
  package static let example = "evaluation: {metrics: [hausdorff]}"
  package static let isHigherBetter = false

  let includesBackground: Bool

  package init(_ values: FieldValues) { includesBackground = values[Self.includeBackground] }

  package func value(of surfaces: SurfaceDistances, diagonal: Double) -> Double {
    max(surfaces.fromTruth.last ?? 0, surfaces.fromPrediction.last ?? 0).squareRoot()
  }

  func oneSidedValue(diagonal: Double) -> Double { diagonal }
}
