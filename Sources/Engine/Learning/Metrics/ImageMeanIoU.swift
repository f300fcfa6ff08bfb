package import Groundwork

/// The mean over images of ``MeanIoU`` in each: an image counts as much as another, however few
/// pixels of it are labelled.
package struct ImageMeanIoU: Metric {
  package static let name = "image_mean_iou"
  package static let title = "mean IoU of images"
  package static let about = "Mean intersection over union of the classes in each image, averaged."
  package static let definition =
    "In each image classes count as in mean_iou. An image without a labelled pixel is "
    + "left out."
  package static let fields: [FieldDeclaration] = []
  package static let reads: [TruthForm] = [.classes, .binaryPlanes, .instances]
  package static let example = "evaluation: {metrics: [image_mean_iou]}"
  package static let judgesClasses = false

  package init(_ values: FieldValues) {}

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    ImageAccumulator(context)
  }
}

private final class ImageAccumulator: MetricAccumulator {
  private let whole: any MetricAccumulator

  init(_ context: MetricContext) { whole = MeanIoU().makeAccumulator(for: context) }

  func begin() { whole.begin() }
  func add(_ batch: EvaluatedBatch) { whole.add(batch) }

  func values() -> MetricValues {
    let images = whole.values().images
    return MetricValues(value: images.meanOfNumbers, images: images)
  }
}
