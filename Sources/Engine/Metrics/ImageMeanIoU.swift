/// The mean over images of ``MeanIoU`` in each: an image counts as much as another, however few
/// pixels of it are labelled.
public struct ImageMeanIoU: Metric {
  public static let name = "image_mean_iou"
  public static let about = "Mean intersection over union of the classes in each image, averaged."
  public static let definition =
    "In each image classes count as in mean_iou. An image without a labelled pixel is "
    + "left out."
  public static let fields: [FieldDeclaration] = []
  public static let takesSeveralLabels = true
  public static let example = "evaluation: {metrics: [image_mean_iou]}"
  public static let judgesClasses = false

  public init(_ values: FieldValues) {}

  public func makeMeter(for context: MetricContext) -> any MetricMeter { ImageMeter(context) }
}

private final class ImageMeter: MetricMeter {
  private let whole: any MetricMeter

  init(_ context: MetricContext) { whole = MeanIoU().makeMeter(for: context) }

  func begin() { whole.begin() }
  func add(_ batch: EvaluatedBatch) { whole.add(batch) }

  func figures() -> MetricFigures {
    let images = whole.figures().images
    return MetricFigures(value: images.meanOfNumbers, images: images)
  }
}
