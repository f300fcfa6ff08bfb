package import Groundwork

/// A share of a skeleton that lies near the other one (Wiedemann, Heipke, Mayer & Jamet, "Empirical
/// Evaluation of Automatically Extracted Road Axes", 1998).
protocol SkeletonMetric: Metric {
  var tolerance: Double { get }
  var includesBackground: Bool { get }
  /// Squared distances of the skeleton whose share it is.
  func distances(of skeletons: SurfaceDistances) -> [Double]
}

extension SkeletonMetric {
  package static var looksAtNeighbors: Bool { true }

  static var sharesOfSkeletons: String {
    "Skeletons are those of scikit-image's skeletonize. The value of a class is its mean over the images that "
      + "have it in truth or prediction, the value of the set the mean over the classes that have one; an "
      + "image that has it in neither is left out. A class that an image has in the truth alone, or in the "
      + "prediction alone, has 0 there. Ignored pixels belong to no class."
  }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    ImageClassAccumulator(context, includesBackground: includesBackground) { batch in
      let skeletons = batch.skeletonDistances
      return { image, label in
        let skeleton = skeletons[image * batch.classes + label]
        guard !skeleton.isAbsent else { return nil }
        return skeleton.isOneSided
          ? 0 : SurfaceDistances.share(of: distances(of: skeleton), within: tolerance)
      }
    }
  }
}

/// What ``SkeletonPrecision`` and ``SkeletonRecall`` can be told.
enum SkeletonFields {
  static let tolerance = Field.number(
    "tolerance", default: 2, Bounds(atLeast: 0),
    "How far a line may be off: in pixels, or the unit of the voxels.")
  static let includeBackground = CenterlineDice.includeBackground
  static let declarations = [tolerance.declaration, includeBackground.declaration]
}

/// Correctness: the share of the predicted skeleton within a tolerance of the true one.
package struct SkeletonPrecision: SkeletonMetric {
  package static let name = "skeleton_precision"
  package static let title = "skeleton precision"
  package static let otherNames = ["correctness"]
  package static let about = "Share of the predicted lines that lie near true ones."
  package static let definition = sharesOfSkeletons
  package static let fields = SkeletonFields.declarations
  package static let example = "evaluation: {metrics: [{skeleton_precision: {tolerance: 3}}]}"

  let tolerance: Double
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    tolerance = values[SkeletonFields.tolerance]
    includesBackground = values[SkeletonFields.includeBackground]
  }

  func distances(of skeletons: SurfaceDistances) -> [Double] { skeletons.fromPrediction }
}

/// Completeness: the share of the true skeleton within a tolerance of the predicted one.
package struct SkeletonRecall: SkeletonMetric {
  package static let name = "skeleton_recall"
  package static let title = "skeleton recall"
  package static let otherNames = ["completeness"]
  package static let about = "Share of the true lines that lie near predicted ones."
  package static let definition = sharesOfSkeletons
  package static let fields = SkeletonFields.declarations
  package static let example = "evaluation: {metrics: [{skeleton_recall: {tolerance: 3}}]}"

  let tolerance: Double
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    tolerance = values[SkeletonFields.tolerance]
    includesBackground = values[SkeletonFields.includeBackground]
  }

  func distances(of skeletons: SurfaceDistances) -> [Double] { skeletons.fromTruth }
}
