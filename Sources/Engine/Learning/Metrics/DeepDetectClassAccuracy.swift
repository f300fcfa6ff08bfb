package import Groundwork

/// DeepDetect's `meanacc`: the mean over classes of the share that is found in the images with the
/// class, on average; by class its `clacc`.
package struct DeepDetectClassAccuracy: DeepDetectMetric {
  package static let name = "meanacc"
  package static let title = "DeepDetect meanacc"
  package static let about = "DeepDetect's meanacc: share that is found, by image and class."
  package static let definition =
    "Classes that never occur are left out of the mean, with 0 as their own value; where "
    + "an image lacks a class, predicting it costs nothing."
  package static let example = "evaluation: {metrics: [acc, meanacc, meaniou]}"

  package init(_ values: FieldValues) {}

  package func values(of images: DeepDetectImages) -> MetricValues { images.mean(images.recalls) }
}
