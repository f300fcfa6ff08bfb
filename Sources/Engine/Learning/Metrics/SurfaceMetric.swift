internal import Groundwork

/// A metric of how far the borders of truth and prediction are apart.
///
/// The figure of a class is its mean over the images that have the class in truth or prediction, and
/// the figure of the set is the mean over the classes that have one.
protocol SurfaceMetric: Metric {
  var includesBackground: Bool { get }
  /// Of a class in one image, where truth and prediction have it.
  ///
  /// - Parameter diagonal: of the image, in pixels.
  func figure(of surfaces: SurfaceDistances, diagonal: Double) -> Double
  /// Of a class that only one of them has.
  func oneSidedFigure(diagonal: Double) -> Double
}

extension SurfaceMetric {
  static var includeBackground: Field<Bool> {
    Field.boolean("include_background", default: true, "Whether class 0 is part of the mean.")
  }

  package func makeMeter(for context: MetricContext) -> any MetricMeter {
    SurfaceMeter(self, context)
  }
}

/// How far borders may be apart and still count as one.
struct BorderTolerance {
  static func field(default fallback: Double) -> Field<Double> {
    .number(
      "tolerance", default: fallback, Bounds(atLeast: 0),
      "How far a border may be off: in pixels, or, below 1, as a share of the image's diagonal.")
  }

  /// As the field says it.
  let written: Double

  func pixels(diagonal: Double) -> Double { written < 1 ? written * diagonal : written }
}

private final class SurfaceMeter: MetricMeter {
  private let metric: any SurfaceMetric
  private let labels: Range<Int>
  /// `[K]`: of the figures of images, and how many there are.
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
    let (height, width) = (Double(batch.shape.height), Double(batch.shape.width))
    let diagonal = (height * height + width * width).squareRoot()
    for image in 0..<batch.images {
      var figures: [Double] = []
      for label in labels {
        let surface = surfaces[image * batch.classes + label]
        guard !surface.isAbsent else { continue }
        let figure =
          surface.isOneSided
          ? metric.oneSidedFigure(diagonal: diagonal)
          : metric.figure(of: surface, diagonal: diagonal)
        sums[label] += figure
        counts[label] += 1
        figures.append(figure)
      }
      images.append(figures.meanOfNumbers)
    }
  }

  func figures() -> MetricFigures {
    let classes = zip(sums, counts).map { $0 / Double($1) }
    return MetricFigures(value: classes.meanOfNumbers, classes: classes, images: images)
  }
}
