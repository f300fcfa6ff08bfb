internal import Groundwork

/// A metric of how far the borders of truth and prediction are apart.
///
/// The value of a class is its mean over the images that have the class in truth or prediction, and
/// the value of the set is the mean over the classes that have one.
protocol SurfaceMetric: Metric {
  var includesBackground: Bool { get }
  /// The value of a class in one image, where truth and prediction both have the class.
  ///
  /// - Parameter diagonal: the diagonal of the image, in the unit of the distances.
  func value(of surfaces: SurfaceDistances, diagonal: Double) -> Double
  /// The value of a class that only the truth or only the prediction has.
  func oneSidedValue(diagonal: Double) -> Double
}

extension SurfaceMetric {
  package static var looksAtNeighbors: Bool { true }

  /// What the definitions of distances say of classes, images and borders.
  static var meanOfDistances: String {
    "The value of a class is its mean over the images that have it in truth or "
      + "prediction, the value of the set the mean over the classes that have one; an image "
      + "that has it in neither is left out. A class that an image has in the truth alone, or "
      + "in the prediction alone, costs the image's diagonal. Ignored pixels belong to no "
      + "class, so the pixels beside them are border pixels, as those at the edge of the "
      + "image are. Distances are within images and slices; where every image says how large its pixels "
      + "are, in one unit, they are in that unit, else in pixels."
  }

  static var includeBackground: Field<Bool> {
    Field.boolean("include_background", default: true, "Class 0 is part of the mean.")
  }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    ImageClassAccumulator(context, includesBackground: includesBackground) { batch in
      let surfaces = batch.surfaces
      return { image, label in
        let surface = surfaces[image * batch.classes + label]
        guard !surface.isAbsent else { return nil }
        let diagonal = batch.spacing(of: image)
          .diagonal(height: batch.shape.height, width: batch.shape.width)
        return surface.isOneSided
          ? oneSidedValue(diagonal: diagonal) : value(of: surface, diagonal: diagonal)
      }
    }
  }
}

/// How far borders may be apart and still count as one.
struct BorderTolerance {
  static func field(default fallback: Double) -> Field<Double> {
    .number(
      "tolerance", default: fallback, Bounds(atLeast: 0),
      "How far a border may be off: in pixels, or the unit of the voxels; below 1, as a share of the image's diagonal."
    )
  }

  /// The tolerance as the field gives it: a distance, or, below 1, a share of the diagonal.
  let written: Double

  /// In the unit of the distances.
  func limit(diagonal: Double) -> Double { written < 1 ? written * diagonal : written }
}
