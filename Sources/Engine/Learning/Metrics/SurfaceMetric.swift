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
    SurfaceAccumulator(self, context)
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

private final class SurfaceAccumulator: MetricAccumulator {
  private let metric: any SurfaceMetric
  private let labels: Range<Int>
  /// `[K]`: the sum of the values of images, and how many values there are.
  private var sums: [Double]
  private var counts: [Int]
  private var images: [Double] = []

  init(_ metric: any SurfaceMetric, _ context: MetricContext) {
    self.metric = metric
    labels = (metric.includesBackground ? 0 : 1)..<context.classes
    sums = Array(repeating: 0, count: context.classes)
    counts = Array(repeating: 0, count: context.classes)
  }

  func begin() {
    for label in sums.indices { (sums[label], counts[label]) = (0, 0) }
    images.removeAll(keepingCapacity: true)
  }

  func add(_ batch: EvaluatedBatch) {
    let surfaces = batch.surfaces
    for image in 0..<batch.images {
      let diagonal = batch.spacing(of: image)
        .diagonal(height: batch.shape.height, width: batch.shape.width)
      var values: [Double] = []
      for label in labels {
        let surface = surfaces[image * batch.classes + label]
        guard !surface.isAbsent else { continue }
        let value =
          surface.isOneSided
          ? metric.oneSidedValue(diagonal: diagonal)
          : metric.value(of: surface, diagonal: diagonal)
        sums[label] += value
        counts[label] += 1
        values.append(value)
      }
      images.append(values.meanOfNumbers)
    }
  }

  func values() -> MetricValues {
    let classes = zip(sums, counts).map { $0 / Double($1) }
    return MetricValues(value: classes.meanOfNumbers, classes: classes, images: images)
  }
}
