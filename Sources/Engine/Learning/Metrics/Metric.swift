internal import Execution
package import Groundwork
package import Measurements

extension Registry where Member == any Metric.Type {
  /// The metrics that a spec can name.
  package static var metrics: Registry { metricsList }
}

private let metricsList = Registry<any Metric.Type>(
  kind: "metric",
  [
    MeanIoU.self,
    MeanDice.self,
    PixelAccuracy.self,
    MeanClassAccuracy.self,
    FrequencyWeightedIoU.self,
    ImageMeanIoU.self,
    PrecisionOfClasses.self,
    RecallOfClasses.self,
    FBeta.self,
    Specificity.self,
    CohenKappa.self,
    MatthewsCorrelation.self,
    LogLoss.self,
    ExpectedCalibrationError.self,
    Hausdorff.self,
    Hausdorff95.self,
    AverageSurfaceDistance.self,
    BoundaryF1.self,
    SurfaceDice.self,
    AveragePrecision.self,
    PixelAveragePrecision.self,
    // Of thin structures.
    CenterlineDice.self, SkeletonPrecision.self, SkeletonRecall.self,
    BettiError0.self, BettiError1.self,
    // Of objects that are told apart.
    COCOAveragePrecision.self, COCOAveragePrecision50.self, COCOAveragePrecision75.self,
    COCOAveragePrecisionSmall.self, COCOAveragePrecisionMedium.self,
    COCOAveragePrecisionLarge.self, COCOAverageRecall.self,
    InstanceF1.self, DataScienceBowlScore.self,
    PanopticQuality.self, SegmentationQuality.self, RecognitionQuality.self,
    AggregatedJaccard.self, SegmentationAccuracy.self,
    // As other programs count.
    DeepDetectAccuracy.self,
    DeepDetectClassAccuracy.self,
    DeepDetectIoU.self,
  ]
) { $0 }

/// A measure of how good the predictions of a whole data set are. Every evaluation that has it records
/// its value under its name, and an objective can name it.
///
/// What a metric declares here is all that records, tables and exports know of it.
package protocol Metric: Component {
  /// The name in tables: `mean IoU`.
  static var title: String { get }
  /// `1` for a number without a unit, else such as `pixels`.
  static var unit: String { get }
  /// True where values are lengths, whose unit is that of the data's pixels where these say it.
  static var measuresLengths: Bool { get }
  /// True where its value depends on what lies beside what, so that it is of images.
  static var looksAtNeighbors: Bool { get }
  static var isHigherBetter: Bool { get }
  /// Counts up where its values come to mean something else under the same name, so that they are not compared with
  /// those of before.
  static var version: Int { get }
  static var format: ValueFormat { get }
  /// True where every evaluation has the metric, asked for or not.
  static var isStandard: Bool { get }
  /// True where it has a value of each image by itself, so that the worst ones can be told.
  static var judgesImages: Bool { get }
  /// True where it has a value of each class, so that one class can be the objective.
  static var judgesClasses: Bool { get }
  /// The name and the title of its values of classes: the objective of a class is
  /// `validation.<className>.<class>`.
  static var className: String { get }
  static var classTitle: String { get }
  /// Which truths it can judge predictions by.
  static var reads: [TruthForm] { get }
  func makeAccumulator(for context: MetricContext) -> any MetricAccumulator
  /// How its values follow from the pixel counts of a whole evaluation; `nil` where they take more
  /// than those. No images are ranked by them.
  func derivation(for context: MetricContext) -> ((ConfusionMatrix) -> MetricValues)?
}

extension SeriesDescription {
  /// The unit of lengths in images that do not say how large their pixels are.
  package static let pixels = "pixels"
}

extension Metric {
  package static var unit: String { SeriesDescription.noUnit }
  package static var measuresLengths: Bool { false }
  package static var looksAtNeighbors: Bool { false }
  package static var isHigherBetter: Bool { true }
  package static var version: Int { 1 }
  package static var format: ValueFormat { .fixed(4) }
  package static var isStandard: Bool { false }
  package static var judgesImages: Bool { true }
  package static var judgesClasses: Bool { true }
  package static var className: String { name }
  package static var classTitle: String { title }
  package static var reads: [TruthForm] { [.classes] }

  package func derivation(
    for context: MetricContext
  ) -> ((ConfusionMatrix) -> MetricValues)? { nil }
}

extension Truth {
  /// - Throws: ``ComponentError`` where the metric cannot judge predictions by it.
  package func check(_ metric: any Metric) throws(ComponentError) {
    try require(neighbors: type(of: metric).looksAtNeighbors, remedy: "leave it out")
    try form.require(type(of: metric).reads, task: task, remedy: "leave it out")
  }
}

/// What a metric is prepared for.
package struct MetricContext: Sendable {
  /// K.
  package var classes: Int
  package var absentClasses: AbsentClasses
  package var threads: Int
  /// What labels and predictions are.
  package var truth: Truth

  /// - Parameter truth: `nil` where it is one class a pixel.
  package init(
    classes: Int, absentClasses: AbsentClasses = .cityscapes, threads: Int = 1,
    truth: Truth? = nil
  ) {
    self.classes = classes
    self.absentClasses = absentClasses
    self.threads = threads
    self.truth = truth ?? Truth(classes: classes)
  }
}

/// Gathers what a metric is made of, image by image in the order of the data set.
///
/// What it says depends neither on how the images are divided into batches nor on threads: counts
/// are added as integers, everything else in the order of the images.
package protocol MetricAccumulator: AnyObject {
  /// Forgets the evaluation before.
  func begin()
  /// Images of an evaluation may be of several sizes, those of a batch are of one.
  func add(_ batch: EvaluatedBatch)
  /// The values of all images since ``begin()``.
  func values() -> MetricValues
}

/// What a metric says of an evaluation.
package struct MetricValues: Sendable {
  /// The value of the whole set; NaN where it means nothing.
  package var value: Double
  /// `[K]`, NaN where it means nothing; empty where the metric does not look at classes.
  package var classes: [Double]
  /// The values of each image by itself, NaN where it means nothing; empty unless the metric judges
  /// images.
  package var images: [Double]

  package init(value: Double, classes: [Double] = [], images: [Double] = []) {
    self.value = value
    self.classes = classes
    self.images = images
  }
}
