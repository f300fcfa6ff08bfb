package import Groundwork

/// DeepDetect's `meaniou`: the mean over classes of the intersection over union in the images with
/// the class, on average; by class its `cliou`. Predictions at ignored pixels are false.
package struct DeepDetectIoU: DeepDetectMetric {
  package static let name = "meaniou"
  package static let title = "DeepDetect meaniou"
  package static let about = "DeepDetect's meaniou: intersection over union, by image and class."
  package static let definition =
    "Predictions at ignored pixels are false. Classes that never occur are left out of "
    + "the mean, with 0 as their own value; where an image lacks a class, predicting it "
    + "costs nothing."
  package static let example = "evaluation: {metrics: [acc, meanacc, meaniou]}"

  package init(_ values: FieldValues) {}

  package func values(of images: DeepDetectImages) -> MetricValues { images.mean(images.overlaps) }
}
